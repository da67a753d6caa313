package main

// sums writes the kernels that make numbers of slices.
func sums(k *kernels) {
	f := k.begin("sum", "returns Σa.", "(a []float32) float64")
	f.reduction(oneInput, []string{"ret"}, func(acc, x []vec) { f.FADD2D(acc[0], acc[0], x[0]) })

	f = k.begin("dot", "returns Σa·b.", "(a, b []float32) float64")
	f.reduction(twoInputs, []string{"ret"}, func(acc, x []vec) { f.FMLA2D(acc[0], x[0], x[1]) })

	f = k.begin("moments", "returns Σa and Σa².", "(a []float32) (sum, squares float64)")
	f.reduction(oneInput, []string{"sum", "squares"}, func(acc, x []vec) {
		f.FADD2D(acc[0], acc[0], x[0])
		f.FMLA2D(acc[1], x[0], x[0])
	})

	f = k.begin("sumDot", "returns Σa and Σa·b.", "(a, b []float32) (sum, dot float64)")
	f.reduction(twoInputs, []string{"sum", "dot"}, func(acc, x []vec) {
		f.FADD2D(acc[0], acc[0], x[0])
		f.FMLA2D(acc[1], x[0], x[1])
	})
	allFinite(k)
}

// widen returns the lower and the upper two of four float32 as float64.
func (k kernel) widen(x vec) [2]vec {
	high := k.V()
	k.FCVTL2(high, x)
	k.FCVTL(x, x)
	return [2]vec{x, high}
}

// reduction writes a loop over equally long slices, converted to float64: body adds to the
// accumulators, which are returned, added up. There are four vectors of four accumulators of each
// result, in two registers each.
func (k kernel) reduction(in, results []string, body func(acc, x []vec)) {
	const unroll = 4
	p := k.Args(in...)
	n := k.Arg(in[0] + "_len")
	var acc [unroll][2][]vec
	for u := range acc {
		for h := range acc[u] {
			acc[u][h] = k.Vs(len(results))
			for _, v := range acc[u][h] {
				k.Clear(v)
			}
		}
	}
	step := func(u, count int) {
		k.Scope(func() {
			var x [2][]vec
			for _, name := range in {
				v := k.V()
				k.Load(count, v, p[name], 4*lanes*u)
				for h, w := range k.widen(v) {
					x[h] = append(x[h], w)
				}
			}
			for h := range min(2, count) {
				body(acc[u][h], x[h])
			}
		})
	}
	for _, units := range []int{unroll, 1} {
		k.Steps(n, units*lanes, func() {
			for u := range units {
				step(u, lanes)
			}
			for _, name := range in {
				k.Advance(4*lanes*units, p[name])
			}
		})
	}
	k.Steps(n, 1, func() {
		step(0, 1)
		for _, name := range in {
			k.Advance(4, p[name])
		}
	})
	for r, name := range results {
		for h := range 2 {
			k.FADD2D(acc[0][h][r], acc[0][h][r], acc[1][h][r])
			k.FADD2D(acc[2][h][r], acc[2][h][r], acc[3][h][r])
			k.FADD2D(acc[0][h][r], acc[0][h][r], acc[2][h][r])
		}
		sum := acc[0][0][r]
		k.FADD2D(sum, sum, acc[0][1][r])
		k.FADDPD(sum, sum)
		k.StoreFloat64(sum, k.Param(name))
	}
	k.Return()
}

func allFinite(k *kernels) {
	f := k.begin("allFinite", "reports whether a holds neither infinities nor NaN.", "(a []float32) bool")
	bad, size, most := f.Zero(), f.Bits(notSignBit), f.Bits(0x7f7fffff)
	p := f.Args("a")["a"]
	n := f.Arg("a_len")
	look := func(count, at int) {
		f.Scope(func() {
			x := f.V()
			f.Load(count, x, p, at)
			f.AND(x, x, size)
			f.CMGT(x, x, most)
			f.ORR(bad, bad, x)
		})
	}
	for _, units := range []int{4, 1} {
		f.Steps(n, units*lanes, func() {
			for u := range units {
				look(lanes, 4*lanes*u)
			}
			f.Advance(4*lanes*units, p)
		})
	}
	f.Steps(n, 1, func() {
		look(1, 0)
		f.Advance(4, p)
	})
	f.UMAXV(bad, bad)
	f.Ins("VMOV %v.S[0], %v", bad, n)
	f.Ins("CMP $0, %v", n)
	f.Ins("CSET EQ, %v", n)
	f.Ins("MOVB %v, %s", n, f.Param("ret"))
	f.Return()
}
