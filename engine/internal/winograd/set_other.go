//go:build (!amd64 && !arm64) || noasm

package winograd

func available() []*Set { return []*Set{&Generic} }
