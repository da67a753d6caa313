package sgemm

import "unsafe"

// The generic micro-kernels serve convolutions where there are no others; plain products go to
// gonum's there.
var kernelsGeneric = &kernels{name: "generic", mr: 4, nr: 4, block: 32 << 10, slab: 1 << 20, rows: rowsGeneric, packed: packedGeneric}

type genericTile [4][4]float32

// step adds the product of a column of A and a row of B. The conversions forbid fused
// multiply-adds, so that all processors without kernels of their own compute the same bits.
func (t *genericTile) step(a *[4]float32, b *[4]float32) {
	for r, x := range a {
		row := &t[r]
		row[0] += float32(x * b[0])
		row[1] += float32(x * b[1])
		row[2] += float32(x * b[2])
		row[3] += float32(x * b[3])
	}
}

func (t *genericTile) finish(c **float32, cOff, add int) {
	for r, p := range unsafe.Slice(c, 4) {
		to := (*[4]float32)(unsafe.Add(unsafe.Pointer(p), cOff))
		if add == 0 {
			*to = t[r]
			continue
		}
		for j, v := range t[r] {
			to[j] += v
		}
	}
}

func rowsGeneric(panels, segs, segLen int, a **float32, aStep, aOff int, b *float32, c **float32, cOff, add int) {
	for p := range panels {
		var t genericTile
		list := unsafe.Slice((*[4]*float32)(unsafe.Add(unsafe.Pointer(a), p*aStep)), segs)
		for _, r := range [2]int{0, 2} {
			rowPair(&t[r], &t[r+1], list, r, segLen, aOff, unsafe.Slice(b, segs*segLen*4))
		}
		t.finish((**float32)(unsafe.Add(unsafe.Pointer(c), p*4*int(unsafe.Sizeof(c)))), cOff, add)
	}
}

// rowPair computes rows r and r+1 of a tile. Two rows of sums and what they are made of fit into
// registers, four do not.
func rowPair(t0, t1 *[4]float32, list [][4]*float32, r, segLen, aOff int, bs []float32) {
	var s00, s01, s02, s03, s10, s11, s12, s13 float32
	for i := range list {
		upper := unsafe.Slice((*float32)(unsafe.Add(unsafe.Pointer(list[i][r]), aOff)), segLen)
		lower := unsafe.Slice((*float32)(unsafe.Add(unsafe.Pointer(list[i][r+1]), aOff)), segLen)
		for k, x := range upper {
			y, b := lower[k], (*[4]float32)(bs[4*k:])
			s00 += float32(x * b[0])
			s01 += float32(x * b[1])
			s02 += float32(x * b[2])
			s03 += float32(x * b[3])
			s10 += float32(y * b[0])
			s11 += float32(y * b[1])
			s12 += float32(y * b[2])
			s13 += float32(y * b[3])
		}
		bs = bs[4*segLen:]
	}
	*t0, *t1 = [4]float32{s00, s01, s02, s03}, [4]float32{s10, s11, s12, s13}
}

func packedGeneric(panels, k int, a, b *float32, c **float32, cOff, add int) {
	as := unsafe.Slice(a, panels*k*4)
	for p := range panels {
		var t genericTile
		bs := unsafe.Slice(b, k*4)
		for range k {
			t.step((*[4]float32)(as), (*[4]float32)(bs))
			as, bs = as[4:], bs[4:]
		}
		t.finish((**float32)(unsafe.Add(unsafe.Pointer(c), p*4*int(unsafe.Sizeof(c)))), cOff, add)
	}
}
