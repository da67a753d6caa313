package main

import (
	"slices"

	"ganvas/engine/internal/armasm"
)

// kernels writes one file.
type kernels struct{ *armasm.File }

// kernel is a function being written.
type kernel struct{ *armasm.Func }

// vec is a vector register: four float32.
type vec = armasm.V

// lanes is the number of float32 in a vector.
const lanes = 4

var (
	oneInput  = []string{"a"}
	twoInputs = []string{"a", "b"}
	result    = []string{"dst"}
)

// begin begins a function; the signature is as in Go.
func (k *kernels) begin(name, doc, signature string) kernel {
	return kernel{k.Func(name+"NEON", doc, signature)}
}

// elements writes a loop over equally long slices: for each vector of the inputs, body returns a
// vector of each output. The last few elements go through the same arithmetic one by one, so a
// result does not depend on its place.
func (k kernel) elements(in, out []string, unroll int, body func(x []vec) []vec) {
	p := k.Args(slices.Concat(in, out)...)
	n := k.X()
	k.Ins("MOVD %s, %v", k.Param(out[0]+"_len"), n)
	advance := func(count int) {
		for _, name := range slices.Compact(slices.Sorted(slices.Values(slices.Concat(in, out)))) {
			k.Advance(4*count, p[name])
		}
	}
	step := func(count, at int) {
		k.Scope(func() {
			x := k.Vs(len(in))
			for i, name := range in {
				k.Load(count, x[i], p[name], at)
			}
			for i, v := range body(x) {
				k.Store(count, v, p[out[i]], at)
			}
		})
	}
	if unroll > 1 {
		k.Steps(n, unroll*lanes, func() {
			for u := range unroll {
				step(lanes, 4*lanes*u)
			}
			advance(unroll * lanes)
		})
	}
	k.Steps(n, lanes, func() {
		step(lanes, 0)
		advance(lanes)
	})
	k.Steps(n, 1, func() {
		step(1, 0)
		advance(1)
	})
	k.Return()
}
