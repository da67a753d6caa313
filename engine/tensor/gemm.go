package tensor

import (
	"gonum.org/v1/gonum/blas/blas32"

	"ganvas/engine/internal/sgemm"
)

func init() {
	blas32.Use(sgemm.Implementation{})
	sgemm.Parallel, sgemm.Threads = Parallel, Threads
}

// ISA returns the name of the instruction set that matrix products and convolutions use: "avx512",
// "avx2" or "generic". It is the processor's best unless the environment variable GANVAS_ISA named
// another one that it has.
func ISA() string { return sgemm.ISA() }
