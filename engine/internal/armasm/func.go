package armasm

import (
	"fmt"
	"math"
)

// X is a general register. R18, R27 and those above belong to the system, to Go's assembler and to
// Go.
type X int

func (x X) String() string { return fmt.Sprintf("R%d", int(x)) }

// V is a vector register of 128 bits.
type V int

func (v V) String() string { return fmt.Sprintf("V%d", int(v)) }

// scalar is the register's name in Go's instructions on single numbers, loads and stores.
func (v V) scalar() string { return fmt.Sprintf("F%d", int(v)) }

// constants is the register that holds the address of the table of constants; it is never handed
// out.
const constants = X(26)

// A Func is a function being written: without a frame of its own, not splitting the stack, its
// parameters in memory.
type Func struct {
	file      *File
	name, doc string
	signature *signature
	lines     []string
	table     X // the register that holds the address of the table of constants, 0 where none is used
	labels    int

	usedX [27]bool
	usedV [32]bool
}

// Func begins a function. The signature is as in Go, without "func"; doc follows the name in the
// declaration's comment.
func (f *File) Func(name, doc, source string) *Func {
	fn := &Func{file: f, name: name, doc: doc, signature: parse(source)}
	fn.usedX[18], fn.usedX[constants] = true, true
	f.funcs = append(f.funcs, fn)
	return fn
}

// X returns a general register that is not in use. It panics if there is none.
func (f *Func) X() X {
	for i, used := range f.usedX {
		if !used {
			f.usedX[i] = true
			return X(i)
		}
	}
	panic("armasm: " + f.name + " needs more general registers than there are")
}

// V returns a vector register that is not in use. It panics if there is none.
func (f *Func) V() V {
	for i, used := range f.usedV {
		if !used {
			f.usedV[i] = true
			return V(i)
		}
	}
	panic("armasm: " + f.name + " needs more vector registers than there are")
}

// Vs returns n vector registers.
func (f *Func) Vs(n int) []V {
	v := make([]V, n)
	for i := range v {
		v[i] = f.V()
	}
	return v
}

// Scope runs body and then gives back the registers that body asked for.
func (f *Func) Scope(body func()) {
	x, v := f.usedX, f.usedV
	body()
	f.usedX, f.usedV = x, v
}

// Result runs body and then gives back the registers that body asked for, but for those that it
// returns.
func (f *Func) Result(body func() []V) []V {
	var kept []V
	f.Scope(func() { kept = body() })
	for _, v := range kept {
		f.usedV[v] = true
	}
	return kept
}

// Ins writes an instruction in the notation of Go's assembler: as with Printf.
func (f *Func) Ins(format string, args ...any) {
	f.lines = append(f.lines, "\t"+fmt.Sprintf(format, args...))
}

// NewLabel returns a name for a place in the function that is not in use.
func (f *Func) NewLabel(what string) string {
	f.labels++
	return fmt.Sprintf("%s%d", what, f.labels)
}

// Label names this place.
func (f *Func) Label(name string) { f.lines = append(f.lines, "", name+":") }

// Param returns the operand that stands for a parameter or a result; those of a slice are s_base
// and s_len, a result without a name is ret.
func (f *Func) Param(name string) string {
	at, ok := f.signature.at[name]
	if !ok {
		panic("armasm: " + f.name + " has no parameter " + name)
	}
	return fmt.Sprintf("%s+%d(FP)", name, at)
}

// Arg returns a register that holds an integer or pointer parameter.
func (f *Func) Arg(name string) X {
	from := f.Param(name)
	x := f.X()
	f.Ins("MOVD %s, %v", from, x)
	return x
}

// Args returns the addresses of slices, one register for each name, however often it occurs.
func (f *Func) Args(names ...string) map[string]X {
	p := map[string]X{}
	for _, n := range names {
		if _, ok := p[n]; !ok {
			p[n] = f.Arg(n + "_base")
		}
	}
	return p
}

// Scalar returns a register that has the float32 parameter in all four lanes.
func (f *Func) Scalar(name string) V {
	v := f.V()
	f.Ins("FMOVS %s, %s", f.Param(name), v.scalar())
	f.Ins("VDUP %v.S[0], %v.S4", v, v)
	return v
}

// SetBits gives all four lanes of v the value b.
func (f *Func) SetBits(v V, b uint32) {
	f.table = constants
	f.Ins("FMOVQ %d(%v), %s", f.file.constant(b), constants, v.scalar())
}

// SetNum gives all four lanes of v the value x.
func (f *Func) SetNum(v V, x float32) { f.SetBits(v, math.Float32bits(x)) }

// Bits returns a register that has b in all four lanes.
func (f *Func) Bits(b uint32) V {
	v := f.V()
	f.SetBits(v, b)
	return v
}

// Num returns a register that has x in all four lanes.
func (f *Func) Num(x float32) V { return f.Bits(math.Float32bits(x)) }

// Zero returns a register of zeros.
func (f *Func) Zero() V {
	v := f.V()
	f.Clear(v)
	return v
}

// Steps writes a loop that does body and takes width from n as long as n is at least width.
func (f *Func) Steps(n X, width int, body func()) {
	loop, end := f.NewLabel("loop"), f.NewLabel("end")
	f.Ins("CMP $%d, %v", width, n)
	f.Ins("BLT %s", end)
	f.Label(loop)
	body()
	f.Ins("SUB $%d, %v", width, n)
	f.Ins("CMP $%d, %v", width, n)
	f.Ins("BGE %s", loop)
	f.Label(end)
}

// Times writes a loop that does body n times, at least once, and leaves n zero.
func (f *Func) Times(n X, body func()) {
	loop := f.NewLabel("loop")
	f.Label(loop)
	body()
	f.Ins("SUBS $1, %v", n)
	f.Ins("BNE %s", loop)
}

// Return ends the function.
func (f *Func) Return() { f.Ins("RET") }
