#!/usr/bin/python3
"""One libtorrent session in a separate process, controlled over standard input and output.

  libtorrent_session.py create SOURCE TORRENT                      hashes, writes the torrent, prints the seconds it took
  libtorrent_session.py seed ADDRESS TORRENT FOLDER PROFILE        prints READY when it seeds
  libtorrent_session.py fetch ADDRESS TORRENT FOLDER PROFILE       prints READY when it listens, waits for a line with the
                                                                   addresses of peers, prints DONE when everything is present and checked
"""
import os
import sys
import time

import libtorrent

PORT = 6881
PIECE = 1 << 20
PROFILES = {
    # uTP is mostly idle on loopback.
    "tcp": {"enable_outgoing_utp": False, "enable_incoming_utp": False},
    "tuned": {
        "enable_outgoing_utp": False,
        "enable_incoming_utp": False,
        "max_out_request_queue": 2000,
        "max_allowed_in_request_queue": 4000,
        "send_buffer_watermark": 4 << 20,
        "send_buffer_low_watermark": 1 << 20,
        "send_buffer_watermark_factor": 150,
        "aio_threads": 4,
        "hashing_threads": 2,
        "max_queued_disk_bytes": 16 << 20,
        "unchoke_slots_limit": -1,
        "request_queue_time": 10,
    },
}


def create(source, torrent):
    began = time.monotonic()
    files = libtorrent.file_storage()
    libtorrent.add_files(files, source)
    creation = libtorrent.create_torrent(files, PIECE, flags=libtorrent.create_torrent.v1_only)
    libtorrent.set_piece_hashes(creation, os.path.dirname(source))
    with open(torrent, "wb") as file:
        file.write(libtorrent.bencode(creation.generate()))
    print(time.monotonic() - began)


def session(address, profile):
    categories = libtorrent.alert.category_t
    return libtorrent.session(
        {
            "listen_interfaces": f"{address}:{PORT}",
            "outgoing_interfaces": address,
            "enable_dht": False,
            "enable_lsd": False,
            "enable_upnp": False,
            "enable_natpmp": False,
            "allow_multiple_connections_per_ip": True,
            "alert_mask": categories.status_notification | categories.error_notification,
            **PROFILES[profile],
        }
    )


def add(active, torrent, folder, seeds):
    parameters = libtorrent.add_torrent_params()
    parameters.ti = libtorrent.torrent_info(torrent)
    parameters.save_path = folder
    parameters.flags &= ~(libtorrent.torrent_flags.auto_managed | libtorrent.torrent_flags.paused)
    if seeds:
        # Trusts the existing files and seeds at once.
        parameters.flags |= libtorrent.torrent_flags.seed_mode
    return active.add_torrent(parameters)


def await_alert(active, *kinds):
    """Waits for an alert of one of these kinds; fails at an alert about an error in the torrent."""
    while True:
        active.wait_for_alert(1000)
        for alert in active.pop_alerts():
            if isinstance(alert, (libtorrent.torrent_error_alert, libtorrent.file_error_alert)):
                raise SystemExit(alert.message())
            if isinstance(alert, kinds):
                return


def say(word):
    print(word, flush=True)


def main():
    role, *arguments = sys.argv[1:]
    if role == "create":
        create(*arguments)
        return
    address, torrent, folder, profile = arguments
    active = session(address, profile)
    await_alert(active, libtorrent.listen_succeeded_alert)
    if role == "seed":
        handle = add(active, torrent, folder, True)
        while not handle.status().is_seeding:
            time.sleep(0.02)
        say("READY")
    else:
        say("READY")
        peers = sys.stdin.readline().split()
        handle = add(active, torrent, folder, False)
        for peer in peers:
            handle.connect_peer((peer, PORT))
        await_alert(active, libtorrent.torrent_finished_alert)
        say("DONE")
    sys.stdin.read()


if __name__ == "__main__":
    main()
