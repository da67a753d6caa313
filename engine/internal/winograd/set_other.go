//go:build !amd64 || noasm

package winograd

func available() []*Set { return []*Set{&Generic} }
