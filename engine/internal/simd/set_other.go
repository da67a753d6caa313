//go:build !amd64 || noasm

package simd

func available() []*Set { return []*Set{&Generic} }
