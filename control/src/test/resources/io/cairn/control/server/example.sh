ask() { curl --silent --show-error --unix-socket "$SOCKET" --header 'Content-Type: application/json' "$@"; }

# Who runs?
ask http://cairn/v1/status

# Share a file: a line for each step of hashing, and the result with hash and link.
ask --data '{"path":"'"$PWD"'/film.mkv"}' http://cairn/v1/shares

# Fetch it by name, hash or link; follow the fetch up to its end.
ask --data '{"target":"film.mkv","path":"'"$PWD"'/copy.mkv"}' http://cairn/v1/fetches
ask http://cairn/v1/fetches/film.mkv/events

# A fetch that nobody provides waits. Pause it, see how it stands and why, and give it up.
nobody=00000000000000000000000000000000000000aa
ask --data '{"target":"'$nobody'","path":"'"$PWD"'/never.mkv","retried":true}' http://cairn/v1/fetches
ask --request POST http://cairn/v1/fetches/$nobody/pause
ask http://cairn/v1/fetches/$nobody
ask http://cairn/v1/why/$nobody
ask --request POST http://cairn/v1/fetches/$nobody/cancel

# Read ten bytes from the middle of the share.
ask "http://cairn/v1/files/film.mkv?offset=100&length=10"

# Stop sharing; the file stays.
ask --request DELETE http://cairn/v1/shares/film.mkv
