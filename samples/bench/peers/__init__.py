"""The programs that `samples/bench/transfer` compares, in the order of its table."""
from peers.aria2 import Aria2
from peers.cairn import CairnAsOneFile, CairnOneShot, CairnRunning, CairnWarm
from peers.libtorrent_peer import LibtorrentTcp, LibtorrentTuned
from peers.nginx import Curl, CurlAndSha1
from peers.rsync import Rsync
from peers.syncthing import Syncthing
from peers.transmission import Transmission

ALL = (
    CairnRunning,
    CairnWarm,
    CairnOneShot,
    CairnAsOneFile,
    Rsync,
    Curl,
    CurlAndSha1,
    LibtorrentTuned,
    LibtorrentTcp,
    Syncthing,
    Aria2,
    Transmission,
)
