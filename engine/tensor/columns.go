package tensor

// eachBlock calls f(c, n, lo, hi) in parallel for ranges of elements that together cover all blocks of l; a range begins at
// a multiple of the width within block n and ends at one or at the end of the block.
func (c *call) eachBlock(l columns, f func(c *call, n, lo, hi int)) {
	c.cols, c.group = l, f
	c.parallel(l.n*l.units(), max(1, grain/max(1, l.width)), func(c *call, from, to int) {
		l := c.cols
		units, block := l.units(), l.block()
		for from < to {
			n, u := from/units, from%units
			end := min(units, u+to-from)
			c.group(c, n, n*block+u*l.width, n*block+min(block, end*l.width))
			from += end - u
		}
	})
}

// reduceBlocks returns two sums in float64 for each group: kernel adds the column sums of elements [lo, hi) of the data to its accumulators,
// whose length is the number of columns. The last result is to be given back.
func (c *call) reduceBlocks(l columns, kernel func(c *call, first, second []float64, lo, hi int)) (first, second, borrowed []float64) {
	perChunk := l.rowsPerChunk()
	c.cols, c.columnSums = l, kernel
	c.chunks = (l.units() + perChunk - 1) / perChunk
	tasks, groups := l.n*c.chunks, l.n*l.c/l.fold
	borrowed = sums.borrow(2*tasks*l.width + 2*groups)
	c.part = borrowed[2*groups:]
	c.parallel(tasks, max(1, grain/(perChunk*l.width)), func(c *call, from, to int) {
		clear(c.part[2*from*c.cols.width : 2*to*c.cols.width])
		for t := from; t < to; t++ {
			c.reduceChunk(t)
		}
	})
	clear(borrowed[:2*groups])
	first, second = borrowed[:groups], borrowed[groups:2*groups]
	for t := range tasks {
		n := t / c.chunks
		l.foldInto(first[n*l.c/l.fold:], c.part[2*t*l.width:][:l.width])
		l.foldInto(second[n*l.c/l.fold:], c.part[(2*t+1)*l.width:][:l.width])
	}
	return first, second, borrowed
}

// reduceChunk computes the partial sums of a fixed number of rows.
func (c *call) reduceChunk(t int) {
	l := c.cols
	w, size := l.width, l.rowsPerChunk()*l.width
	n, k := t/c.chunks, t%c.chunks
	lo := n*l.block() + k*size
	hi := n*l.block() + min(l.block(), (k+1)*size)
	first, second := c.part[2*t*w:][:w], c.part[(2*t+1)*w:][:w]
	mid := l.split(lo, hi)
	c.columnSums(c, first, second, lo, mid)
	if mid < hi {
		c.columnSums(c, first[:hi-mid], second[:hi-mid], mid, hi)
	}
}

// rowsPerChunk is how many rows a partial sum covers.
func (l columns) rowsPerChunk() int { return max(1, sumChunk/l.width) }
