# What the tests of packages share: a display of their own, and looking at it. To be sourced.

say() { printf '%s: %s\n' "${test:-test}" "$*" >&2; }
fail() {
	say "$*"
	exit 1
}

# patience is how long anything may take, in seconds.
patience=${PATIENCE:-120}

# at_most BYTES WHAT LIMIT: what is downloaded stays below 42 MB, what is installed below 75 MB.
at_most() { [ "$1" -le "$3" ] || fail "$2 has $1 bytes, more than $3"; }

# until_true COMMAND…: waits until it succeeds.
until_true() {
	local end=$((SECONDS + patience))
	until "$@" >/dev/null 2>&1; do
		[ $SECONDS -lt $end ] || fail "waited ${patience} s in vain for: $*"
		sleep 0.2
	done
}

children=()
cleanup=()
at_end() {
	local status=$? step
	for child in "${children[@]}"; do kill "$child" 2>/dev/null || true; done
	for step in "${cleanup[@]}"; do eval "$step" || true; done
	exit $status
}
trap at_end EXIT

# start_display [OPTION…]: starts Xvfb on a free display.
start_display() {
	local pipe
	pipe=$(mktemp -u) && mkfifo "$pipe"
	Xvfb -displayfd 3 -screen 0 1400x1000x24 -noreset "$@" 3>"$pipe" 2>/dev/null &
	children+=($!)
	read -r number <"$pipe"
	rm -f "$pipe"
	export DISPLAY=:$number
}

# window NAME: the number of the window whose title has it.
window() { xdotool search --onlyvisible --name "$1" 2>/dev/null | head -1 | grep .; }

# colours FILE: how many colours a picture has. An empty window has few.
colours() { identify -format '%k' "$1"; }

# shoot FILE.png: a picture of the display, once it has been drawn; an empty window is a failure.
shoot() {
	drawn() { import -window root "$1" && [ "$(colours "$1")" -gt 300 ]; }
	until_true drawn "$1"
	sleep 2 # what moves into place
	import -window root "$1"
	say "picture $1 ($(colours "$1") colours)"
}

# quit_window NAME: presses the keys that end the program.
quit_window() { xdotool key --window "$(window "$1")" ctrl+q 2>/dev/null; }

# gone PID: whether the program has ended.
gone() { ! kill -0 "$1" 2>/dev/null; }
