//go:build (!amd64 && !arm64) || noasm

package sgemm

func available() []*kernels { return []*kernels{kernelsGeneric} }
