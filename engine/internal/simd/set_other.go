//go:build (!amd64 && !arm64) || noasm

package simd

func available() []*Set { return []*Set{&Generic} }
