package tensor

// eachRow calls f(r, lo, hi) in parallel for ranges of elements that together cover count rows of length elements;
// a range lies within row r. Long rows are cut.
func eachRow(count, length int, f func(r, lo, hi int)) {
	if length <= grain {
		Parallel(count, max(1, grain/max(1, length)), func(from, to int) {
			for r := from; r < to; r++ {
				f(r, r*length, (r+1)*length)
			}
		})
		return
	}
	pieces := (length + grain - 1) / grain
	Parallel(count*pieces, 1, func(from, to int) {
		for t := from; t < to; t++ {
			r, k := t/pieces, t%pieces
			f(r, r*length+k*grain, r*length+min(length, (k+1)*grain))
		}
	})
}

// reduceRows calls done(r, first, second) with two float64 sums for each row, in parallel; kernel returns
// those of elements [lo, hi).
func reduceRows(count, length int, kernel func(lo, hi int) (first, second float64), done func(r int, first, second float64)) {
	chunks := (length + sumChunk - 1) / sumChunk
	if chunks <= 1 {
		Parallel(count, max(1, grain/max(1, length)), func(from, to int) {
			for r := from; r < to; r++ {
				first, second := kernel(r*length, (r+1)*length)
				done(r, first, second)
			}
		})
		return
	}
	part := sums.borrow(2 * count * chunks)
	Parallel(count*chunks, 1, func(from, to int) {
		for t := from; t < to; t++ {
			r, k := t/chunks, t%chunks
			part[2*t], part[2*t+1] = kernel(r*length+k*sumChunk, r*length+min(length, (k+1)*sumChunk))
		}
	})
	for r := range count {
		var first, second float64
		for t := r * chunks; t < (r+1)*chunks; t++ {
			first += part[2*t]
			second += part[2*t+1]
		}
		done(r, first, second)
	}
	sums.giveBack(part)
}
