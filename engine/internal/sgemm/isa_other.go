//go:build !amd64 || noasm

package sgemm

func available() []*kernels { return []*kernels{kernelsGeneric} }
