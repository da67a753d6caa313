// Package tensor holds float32 tensors and the kernels that compute on them: matrix products,
// convolutions, element-wise functions, reductions, a worker pool and a buffer pool. Pictures are
// channels last (N, H, W, C). It records nothing and differentiates nothing; that is package grad's
// work.
package tensor

import "fmt"

// Tensor is a dense float32 array in row-major order; the last dimension is contiguous.
type Tensor struct {
	Shape []int
	Data  []float32
}

// New returns a tensor of zeros.
func New(shape ...int) *Tensor {
	return &Tensor{Shape: append([]int(nil), shape...), Data: Floats(Size(shape))}
}

// Floats returns n zeros that begin at a multiple of 64 bytes: gonum's sums have other roundings
// elsewhere, and all kernels are slower where a vector lies in two lines of the cache.
func Floats(n int) []float32 {
	const line = 16
	return make([]float32, (n+line-1)/line*line)[:n:n] // sizes that the allocator has for multiples of a line are multiples
}

// From returns a tensor over data without copying it. It panics if the shape does not fit its
// length.
func From(data []float32, shape ...int) *Tensor {
	if Size(shape) != len(data) {
		panic(fmt.Sprintf("tensor: %d values for shape %v", len(data), shape))
	}
	return &Tensor{Shape: append([]int(nil), shape...), Data: data}
}

// Clone returns a copy that shares nothing with t.
func (t *Tensor) Clone() *Tensor {
	return From(append([]float32(nil), t.Data...), t.Shape...)
}

// Size returns the number of elements of a shape; the empty shape is a scalar of size 1.
func Size(shape []int) int {
	n := 1
	for _, d := range shape {
		n *= d
	}
	return n
}
