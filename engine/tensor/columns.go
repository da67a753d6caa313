package tensor

// eachBlock calls f(c, n, lo, hi) in parallel for ranges of elements that together cover all blocks
// of l; a range begins at a multiple of the width within block n and ends at one or at the end of
// the block.
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

// eachSpread is eachBlock with the groups' values c.u, c.v and c.w spread over the columns: kernel
// gets one of each for every element of a row.
func (c *call) eachSpread(l columns, kernel func(c *call, lo, hi int, u, v, w []float32)) {
	var bu, bv, bw []float32
	c.u, bu = l.spread(c.u)
	c.v, bv = l.spread(c.v)
	c.w, bw = l.spread(c.w)
	c.spreadColumns = kernel
	c.eachBlock(l, func(c *call, n, lo, hi int) {
		mid := c.cols.split(lo, hi)
		u, v, w := c.cols.row(c.u, n), c.cols.row(c.v, n), c.cols.row(c.w, n)
		c.spreadColumns(c, lo, mid, u, v, w)
		if k := hi - mid; k > 0 {
			c.spreadColumns(c, mid, hi, u[:k], v[:k], w[:k])
		}
	})
	values.put(bu)
	values.put(bv)
	values.put(bw)
}

// reduceBlocks returns one or two sums in float64 for each group: kernel adds the column sums of
// elements [lo, hi) of the data to its accumulators, whose length is the number of columns. The
// last result is to be given back.
func (c *call) reduceBlocks(l columns, results int, kernel func(c *call, first, second []float64, lo, hi int),
) (first, second, borrowed []float64) {
	perChunk := l.rowsPerChunk()
	c.cols, c.columnSums, c.results = l, kernel, results
	c.chunks = (l.units() + perChunk - 1) / perChunk
	tasks, perBlock := l.n*c.chunks, l.c/l.fold
	groups, size := l.n*perBlock, results*l.width
	borrowed = sums.get(results*groups + tasks*size)
	totals := borrowed[:results*groups]
	c.part = borrowed[results*groups:]
	c.parallel(tasks, max(1, grain/(perChunk*l.width)), func(c *call, from, to int) {
		for t := from; t < to; t++ {
			c.reduceChunk(t)
		}
	})
	clear(totals)
	for t := range tasks {
		part := c.part[t*size:][:size]
		for r := range results {
			l.foldInto(totals[r*groups+t/c.chunks*perBlock:], part[r*l.width:][:l.width])
		}
	}
	return totals[:groups], totals[groups:], borrowed
}

// reduceChunk computes the partial sums of a fixed number of rows.
func (c *call) reduceChunk(t int) {
	l := c.cols
	size := l.rowsPerChunk() * l.width
	n, k := t/c.chunks, t%c.chunks
	lo := n*l.block() + k*size
	hi := n*l.block() + min(l.block(), (k+1)*size)
	part := c.part[t*c.results*l.width:][:c.results*l.width]
	clear(part)
	first, second := part[:l.width], part[l.width:]
	mid := l.split(lo, hi)
	c.columnSums(c, first, second, lo, mid)
	if rest := hi - mid; rest > 0 {
		c.columnSums(c, first[:rest], second[:min(rest, len(second))], mid, hi)
	}
}

// rowsPerChunk is how many rows a partial sum covers: enough that adding partial sums costs little
// beside making them.
func (l columns) rowsPerChunk() int { return max(128, sumChunk/l.width) }
