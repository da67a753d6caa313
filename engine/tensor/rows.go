package tensor

// eachRow calls f(c, r, lo, hi) in parallel for ranges of elements that together cover count rows
// of length elements; a range lies within row r. Long rows are cut.
func (c *call) eachRow(count, length int, f func(c *call, r, lo, hi int)) {
	c.count, c.length, c.group = count, length, f
	if length <= grain {
		c.parallel(count, max(1, grain/max(1, length)), func(c *call, from, to int) {
			for r := from; r < to; r++ {
				c.group(c, r, r*c.length, (r+1)*c.length)
			}
		})
		return
	}
	c.chunks = (length + grain - 1) / grain
	c.parallel(count*c.chunks, 1, func(c *call, from, to int) {
		for t := from; t < to; t++ {
			r, k := t/c.chunks, t%c.chunks
			c.group(c, r, r*c.length+k*grain, r*c.length+min(c.length, (k+1)*grain))
		}
	})
}

// reduceRows calls done(c, r, first, second) with two float64 sums for each row, in parallel;
// kernel returns those of elements [lo, hi).
func (c *call) reduceRows(count, length int, kernel func(c *call, lo, hi int) (first, second float64),
	done func(c *call, r int, first, second float64),
) {
	c.count, c.length, c.rowSums, c.rowDone = count, length, kernel, done
	if length <= sumChunk {
		c.parallel(count, max(1, grain/max(1, length)), func(c *call, from, to int) {
			for r := from; r < to; r++ {
				first, second := c.rowSums(c, r*c.length, (r+1)*c.length)
				c.rowDone(c, r, first, second)
			}
		})
		return
	}
	c.chunks = (length + sumChunk - 1) / sumChunk
	c.part = sums.get(2 * count * c.chunks)
	c.parallel(count*c.chunks, 1, func(c *call, from, to int) {
		for t := from; t < to; t++ {
			r, k := t/c.chunks, t%c.chunks
			c.part[2*t], c.part[2*t+1] = c.rowSums(c, r*c.length+k*sumChunk, r*c.length+min(c.length, (k+1)*sumChunk))
		}
	})
	for r := range count {
		var first, second float64
		for t := r * c.chunks; t < (r+1)*c.chunks; t++ {
			first += c.part[2*t]
			second += c.part[2*t+1]
		}
		done(c, r, first, second)
	}
	sums.put(c.part)
	c.part = nil
}
