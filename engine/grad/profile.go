package grad

import (
	"cmp"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"time"
)

// A Profile adds up where the time of a tape's goroutine goes, by operation. An operation lasts
// from the making of its node to its record; what lies between two operations counts as what Lap
// calls it, or as Between. Operations that a rule records are listed by their own names, so that
// the time of gradients is there as well.
type Profile struct {
	last  time.Time
	lines map[profileKey]*ProfileLine
	names map[uintptr]string // of functions, by the program counter of their call
}

// Between is the name of the time between operations that nobody else claims: walking the tape,
// clearing it.
const Between = "(between)"

// ProfileLine is what one operation took; of products and convolutions, one with these shapes.
type ProfileLine struct {
	Name, Shape string
	Calls       int
	Time        time.Duration
	Flops       float64 // multiplications and additions of the direct way in all calls; 0: not known
}

type profileKey struct{ name, shape string }

// NewProfile returns an empty profile.
func NewProfile() *Profile {
	return &Profile{lines: make(map[profileKey]*ProfileLine), names: make(map[uintptr]string)}
}

// SetProfile makes p count the tape's operations from now on; nil ends that.
func (t *Tape) SetProfile(p *Profile) {
	t.profile = p
	if p != nil {
		p.last = time.Now()
	}
}

// Lap gives the time since the last operation or lap a name, if the tape is profiled.
func (t *Tape) Lap(name string) {
	if t.profile != nil {
		t.profile.charge(name, "", 0)
	}
}

// Lines returns what was counted, the longest first.
func (p *Profile) Lines() []ProfileLine {
	var out []ProfileLine
	for _, l := range p.lines {
		out = append(out, *l)
	}
	slices.SortFunc(out, func(a, b ProfileLine) int {
		return cmp.Or(cmp.Compare(b.Time, a.Time), cmp.Compare(a.Name, b.Name), cmp.Compare(a.Shape, b.Shape))
	})
	return out
}

// charge adds the time since the last charge to a line.
func (p *Profile) charge(name, shape string, flops float64) {
	now := time.Now()
	key := profileKey{name, shape}
	l := p.lines[key]
	if l == nil {
		l = &ProfileLine{Name: name, Shape: shape}
		p.lines[key] = l
	}
	l.Calls++
	l.Time += now.Sub(p.last)
	l.Flops += flops
	p.last = now
}

// operation charges what the caller of record did.
//
//go:noinline
func (p *Profile) operation(v *Value, in []*Value) {
	name := p.caller()
	shape, flops := work(name, v, in)
	p.charge(name, shape, flops)
}

// caller returns the name of the operation that called record: that of its function, without the
// "Rule" of those that are the whole gradient of another one.
//
//go:noinline
func (p *Profile) caller() string {
	var pcs [4]uintptr // more than one, as functions may be inlined in each other
	n := runtime.Callers(4, pcs[:])
	if n == 0 {
		return "?"
	}
	if name, ok := p.names[pcs[0]]; ok {
		return name
	}
	frame, _ := runtime.CallersFrames(pcs[:n]).Next()
	name := frame.Function[strings.LastIndexByte(frame.Function, '.')+1:]
	if of, ok := strings.CutSuffix(name, "Rule"); ok {
		name = of + "Grad"
	}
	p.names[pcs[0]] = name
	return name
}

// work returns the shapes of a product or a convolution, and how many multiplications and additions
// it has when computed directly; of other operations nothing.
func work(name string, v *Value, in []*Value) (shape string, flops float64) {
	if s := v.attr.conv; s.OutC > 0 {
		oh, ow := s.Out()
		macs := float64(s.N) * float64(oh*ow*s.OutC) * float64(s.K*s.K*s.C)
		return fmt.Sprintf("%d×(%d×%d×%d, %d×%d×%d) %d/%d", s.N, s.H, s.W, s.C, oh, ow, s.OutC, s.K, s.Stride), 2 * macs
	}
	switch name {
	case "MatMul":
		m, n := v.dims[0], v.dims[1]
		k := len(in[0].Data) / max(1, m)
		return fmt.Sprintf("%d×%d×%d", m, n, k), 2 * float64(m) * float64(n) * float64(k)
	case "BatchMatMul":
		b, m, n := v.dims[0], v.dims[1], v.dims[2]
		k := len(in[0].Data) / max(1, b*m)
		return fmt.Sprintf("%d×(%d×%d×%d)", b, m, n, k), 2 * float64(b*m) * float64(n) * float64(k)
	}
	return "", 0
}
