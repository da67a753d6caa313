package simd

func sum(a []float32) float64 {
	var s0, s1, s2, s3 float64
	i := 0
	for ; i+4 <= len(a); i += 4 {
		q := a[i : i+4 : i+4]
		s0 += float64(q[0])
		s1 += float64(q[1])
		s2 += float64(q[2])
		s3 += float64(q[3])
	}
	for ; i < len(a); i++ {
		s0 += float64(a[i])
	}
	return (s0 + s1) + (s2 + s3)
}

func dot(a, b []float32) float64 {
	b = b[:len(a)]
	var s0, s1 float64
	i := 0
	for ; i+2 <= len(a); i += 2 {
		s0 += float64(a[i]) * float64(b[i])
		s1 += float64(a[i+1]) * float64(b[i+1])
	}
	if i < len(a) {
		s0 += float64(a[i]) * float64(b[i])
	}
	return s0 + s1
}

func moments(a []float32) (sum, squares float64) {
	for _, v := range a {
		x := float64(v)
		sum += x
		squares += x * x
	}
	return sum, squares
}

func sumDot(a, b []float32) (sum, dot float64) {
	b = b[:len(a)]
	for i, v := range a {
		x := float64(v)
		sum += x
		dot += x * float64(b[i])
	}
	return sum, dot
}

func colSum(acc []float64, x []float32) {
	for c := len(acc); len(x) > 0; x = x[c:] {
		for j, v := range x[:c] {
			acc[j] += float64(v)
		}
	}
}

func colDot(acc []float64, a, b []float32) {
	for c := len(acc); len(a) > 0; a, b = a[c:], b[c:] {
		row := b[:c]
		for j, v := range a[:c] {
			acc[j] += float64(v) * float64(row[j])
		}
	}
}

func colMoments(sum, squares []float64, x []float32) {
	squares = squares[:len(sum)]
	for c := len(sum); len(x) > 0; x = x[c:] {
		for j, v := range x[:c] {
			f := float64(v)
			sum[j] += f
			squares[j] += f * f
		}
	}
}

func colSumDot(sum, dot []float64, a, b []float32) {
	dot = dot[:len(sum)]
	for c := len(sum); len(a) > 0; a, b = a[c:], b[c:] {
		row := b[:c]
		for j, v := range a[:c] {
			f := float64(v)
			sum[j] += f
			dot[j] += f * float64(row[j])
		}
	}
}
