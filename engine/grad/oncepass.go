package grad

// GradOnce is Grad without higher derivatives (PyTorch's create_graph=False): intermediate
// gradients are freed as soon as they are used.
func GradOnce(y *Value, xs ...*Value) []*Value {
	t := y.tape
	t.once = oncePass{on: true, from: len(t.buffers), owners: t.once.owners[:0]}
	defer func() { t.once = oncePass{owners: t.once.owners[:0]} }()
	return Grad(y, xs...)
}

// oncePass is a differentiation whose values are not differentiated again.
type oncePass struct {
	on       bool
	from     int     // buffers before it are not its own
	owners   []int32 // how many gradients lie in each of its buffers
	consumed *Value  // a gradient that only the rule being called needs, and that it may overwrite
}

// owner returns how many gradients lie in v's memory, or nil if that is not to be taken back: v is
// none of the last pass's values.
func (t *Tape) owner(v *Value) *int32 {
	i := v.buffer - 1 - t.once.from
	if !t.once.on || i < 0 {
		return nil
	}
	for len(t.once.owners) <= i {
		t.once.owners = append(t.once.owners, 0)
	}
	return &t.once.owners[i]
}

// release takes back v's memory, unless another gradient lies there.
func (t *Tape) release(v *Value) {
	n := t.owner(v)
	if n == nil {
		return
	}
	if *n--; *n == 0 {
		t.free(v)
	}
}

// forget takes back the memory of values from node made on that are no gradients.
func (t *Tape) forget(made int) {
	for _, v := range t.nodes[made:t.length] {
		if n := t.owner(v); n != nil && *n == 0 {
			t.free(v)
		}
	}
}

func (t *Tape) free(v *Value) {
	if b := t.buffers[v.buffer-1]; b != nil {
		t.pool.Put(b)
		t.buffers[v.buffer-1] = nil
	}
}

// only reports whether v's rule for input i is the last to need dy.
func (t *Tape) only(v *Value, i int, dy *Value) bool {
	n := t.owner(dy)
	if n == nil || *n != 1 {
		return false
	}
	for _, x := range v.in[i+1:] {
		if x != nil && x.id <= v.id && t.reaches[x.id] {
			return false
		}
	}
	return true
}

// reuse appends a result of the shape of dy. It lies in dy's memory if dy is not needed any more:
// for rules that read each element of dy before they write it, and not again.
func reuse(dy *Value) *Value {
	t := dy.tape
	if t.once.consumed != dy {
		return like(dy)
	}
	t.once.consumed = nil
	return dy.view()
}
