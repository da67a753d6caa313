package sgemm

import "unsafe"

// float returns the value at p plus a number of bytes.
func float(p *float32, bytes int) *float32 {
	return (*float32)(unsafe.Add(unsafe.Pointer(p), bytes))
}

func pointer(p **float32, bytes int) *float32 {
	return *(**float32)(unsafe.Add(unsafe.Pointer(p), bytes))
}

// rowsBig is the specification of kernels.rows for tiles of 12×32, in plain Go.
func rowsBig(panels, segs, segLen int, a **float32, aStep, aOff int, b *float32, c **float32, cOff, add int) {
	bigTiles(panels, segs*segLen, b, c, cOff, add, func(p, k, r int) float32 {
		seg := pointer(a, p*aStep+(k/segLen*12+r)*pointerBytes)
		return *float(seg, aOff+k%segLen*4)
	})
}

// packedBig is the specification of kernels.packed for tiles of 12×32.
func packedBig(panels, k int, a, b *float32, c **float32, cOff, add int) {
	bigTiles(panels, k, b, c, cOff, add, func(p, i, r int) float32 { return *float(a, ((p*k+i)*12+r)*4) })
}

func bigTiles(panels, k int, b *float32, c **float32, cOff, add int, a func(p, k, r int) float32) {
	for p := range panels {
		for r := range 12 {
			row := float(pointer(c, (p*12+r)*pointerBytes), cOff)
			for j := range 32 {
				var sum float32
				for i := range k {
					sum += a(p, i, r) * *float(b, (i*32+j)*4)
				}
				if add != 0 {
					sum += *float(row, j*4)
				}
				*float(row, j*4) = sum
			}
		}
	}
}
