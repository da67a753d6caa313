package armasm

import (
	"fmt"
	"maps"
	"strings"
	"testing"
)

// TestEncodings compares with what the GNU assembler (binutils 2.40) makes of the instructions.
func TestEncodings(t *testing.T) {
	fn := New("test", "test", "test").Func("f", "does nothing.", "()")
	const d, n, m = V(1), V(10), V(31)
	for _, c := range []struct {
		write func()
		text  string
		code  uint32
	}{
		{func() { fn.FADD(d, n, m) }, "fadd v1.4s, v10.4s, v31.4s", 0x4e3fd541},
		{func() { fn.FSUB(d, n, m) }, "fsub v1.4s, v10.4s, v31.4s", 0x4ebfd541},
		{func() { fn.FMUL(d, n, m) }, "fmul v1.4s, v10.4s, v31.4s", 0x6e3fdd41},
		{func() { fn.FDIV(d, n, m) }, "fdiv v1.4s, v10.4s, v31.4s", 0x6e3ffd41},
		{func() { fn.FMAX(d, n, m) }, "fmax v1.4s, v10.4s, v31.4s", 0x4e3ff541},
		{func() { fn.FMIN(d, n, m) }, "fmin v1.4s, v10.4s, v31.4s", 0x4ebff541},
		{func() { fn.FMLA(d, n, m) }, "fmla v1.4s, v10.4s, v31.4s", 0x4e3fcd41},
		{func() { fn.FMLS(d, n, m) }, "fmls v1.4s, v10.4s, v31.4s", 0x4ebfcd41},
		{func() { fn.FADDP(d, n, m) }, "faddp v1.4s, v10.4s, v31.4s", 0x6e3fd541},
		{func() { fn.FCMEQ(d, n, m) }, "fcmeq v1.4s, v10.4s, v31.4s", 0x4e3fe541},
		{func() { fn.FCMGT(d, n, m) }, "fcmgt v1.4s, v10.4s, v31.4s", 0x6ebfe541},
		{func() { fn.ADD(d, n, m) }, "add v1.4s, v10.4s, v31.4s", 0x4ebf8541},
		{func() { fn.SUB(d, n, m) }, "sub v1.4s, v10.4s, v31.4s", 0x6ebf8541},
		{func() { fn.CMGT(d, n, m) }, "cmgt v1.4s, v10.4s, v31.4s", 0x4ebf3541},
		{func() { fn.ZIP1(d, n, m) }, "zip1 v1.4s, v10.4s, v31.4s", 0x4e9f3941},
		{func() { fn.ZIP2(d, n, m) }, "zip2 v1.4s, v10.4s, v31.4s", 0x4e9f7941},
		{func() { fn.FMLAElem(d, n, m, 0) }, "fmla v1.4s, v10.4s, v31.s[0]", 0x4f9f1141},
		{func() { fn.FMLAElem(d, n, m, 1) }, "fmla v1.4s, v10.4s, v31.s[1]", 0x4fbf1141},
		{func() { fn.FMLAElem(d, n, m, 2) }, "fmla v1.4s, v10.4s, v31.s[2]", 0x4f9f1941},
		{func() { fn.FMLAElem(d, n, m, 3) }, "fmla v1.4s, v10.4s, v31.s[3]", 0x4fbf1941},
		{func() { fn.FABS(d, n) }, "fabs v1.4s, v10.4s", 0x4ea0f941},
		{func() { fn.FNEG(d, n) }, "fneg v1.4s, v10.4s", 0x6ea0f941},
		{func() { fn.FSQRT(d, n) }, "fsqrt v1.4s, v10.4s", 0x6ea1f941},
		{func() { fn.FRINTN(d, n) }, "frintn v1.4s, v10.4s", 0x4e218941},
		{func() { fn.FCVTNS(d, n) }, "fcvtns v1.4s, v10.4s", 0x4e21a941},
		{func() { fn.SCVTF(d, n) }, "scvtf v1.4s, v10.4s", 0x4e21d941},
		{func() { fn.FCVTL(d, n) }, "fcvtl v1.2d, v10.2s", 0x0e617941},
		{func() { fn.FCVTL2(d, n) }, "fcvtl2 v1.2d, v10.4s", 0x4e617941},
		{func() { fn.FADD2D(d, n, m) }, "fadd v1.2d, v10.2d, v31.2d", 0x4e7fd541},
		{func() { fn.FMLA2D(d, n, m) }, "fmla v1.2d, v10.2d, v31.2d", 0x4e7fcd41},
		{func() { fn.FADDPD(d, n) }, "faddp d1, v10.2d", 0x7e70d941},
		{func() { fn.UMAXV(d, n) }, "umaxv s1, v10.4s", 0x6eb0a941},
		{func() { fn.AND(d, n, m) }, "and v1.16b, v10.16b, v31.16b", 0x4e3f1d41},
		{func() { fn.ORR(d, n, m) }, "orr v1.16b, v10.16b, v31.16b", 0x4ebf1d41},
		{func() { fn.BSL(d, n, m) }, "bsl v1.16b, v10.16b, v31.16b", 0x6e7f1d41},
		{func() { fn.MOV(d, n) }, "mov v1.16b, v10.16b", 0x4eaa1d41},
		{func() { fn.Clear(n) }, "eor v10.16b, v10.16b, v10.16b", 0x6e2a1d4a},
		{func() { fn.SHL(d, n, 1) }, "shl v1.4s, v10.4s, #1", 0x4f215541},
		{func() { fn.SSHR(d, n, 1) }, "sshr v1.4s, v10.4s, #1", 0x4f3f0541},
		{func() { fn.SHL(d, n, 23) }, "shl v1.4s, v10.4s, #23", 0x4f375541},
		{func() { fn.SSHR(d, n, 23) }, "sshr v1.4s, v10.4s, #23", 0x4f290541},
		{func() { fn.SHL(d, n, 31) }, "shl v1.4s, v10.4s, #31", 0x4f3f5541},
		{func() { fn.SSHR(d, n, 31) }, "sshr v1.4s, v10.4s, #31", 0x4f210541},
		{func() { fn.ZIP1D(d, n, m) }, "zip1 v1.2d, v10.2d, v31.2d", 0x4edf3941},
		{func() { fn.ZIP2D(d, n, m) }, "zip2 v1.2d, v10.2d, v31.2d", 0x4edf7941},
		{func() { fn.LoadIndexed(4, d, 25, 17) }, "ldr q1, [x25, x17]", 0x3cf16b21},
		{func() { fn.StoreIndexed(m, 2, 25) }, "str q31, [x2, x25]", 0x3cb9685f},
	} {
		fn.lines = nil
		c.write()
		if got, want := fn.lines[0], fmt.Sprintf("\tWORD $0x%08x // %s", c.code, c.text); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

func TestFrames(t *testing.T) {
	for _, c := range []struct {
		signature string
		at        map[string]int
		size      int
	}{
		{"()", map[string]int{}, 0},
		{"(a []float32) bool", map[string]int{"a_base": 0, "a_len": 8, "a_cap": 16, "ret": 24}, 25},
		{"(p *float32, q **float32, x, y, z float32)", map[string]int{"p": 0, "q": 8, "x": 16, "y": 20, "z": 24}, 28},
		{"(x float32, n int) (s, t float64)", map[string]int{"x": 0, "n": 8, "s": 16, "t": 24}, 32},
		{"(x float32) float64", map[string]int{"x": 0, "ret": 8}, 16},
	} {
		got := parse(c.signature)
		if !maps.Equal(got.at, c.at) || got.size != c.size {
			t.Errorf("%s: got offsets %v and size %d, want %v and %d", c.signature, got.at, got.size, c.at, c.size)
		}
	}
}

// panics returns what f panics with.
func panics(f func()) (message any) {
	defer func() { message = recover() }()
	f()
	return nil
}

func TestRegistersRunOut(t *testing.T) {
	fn := New("test", "test", "test").Func("f", "does nothing.", "(n int)")
	fn.Scope(func() { fn.Vs(32) })
	if got := panics(func() { fn.Vs(32) }); got != nil {
		t.Errorf("32 vectors after a scope: got panic %v", got)
	}
	g := New("test", "test", "test").Func("g", "does nothing.", "()")
	kept := g.Result(func() []V { return g.Vs(32)[30:] })
	if got, want := append(g.Vs(30), kept...), 32; len(got) != want || kept[0] != 30 || got[29] != 29 {
		t.Errorf("got registers %v, want all, as two were kept", got)
	}
	if got, want := panics(func() { fn.V() }), "armasm: f needs more vector registers than there are"; got != want {
		t.Errorf("33rd vector: got panic %v, want %s", got, want)
	}
	seen := map[X]bool{}
	for range 25 {
		seen[fn.X()] = true
	}
	if len(seen) != 25 || seen[18] || seen[constants] {
		t.Errorf("got general registers %v, want R0 to R25 without R18", seen)
	}
	if got, want := panics(func() { fn.X() }), "armasm: f needs more general registers than there are"; got != want {
		t.Errorf("26th register: got panic %v, want %s", got, want)
	}
	if got, want := panics(func() { fn.Arg("m") }), "armasm: f has no parameter m"; got != want {
		t.Errorf("unknown parameter: got panic %v, want %s", got, want)
	}
}

func TestFile(t *testing.T) {
	f := New("tool", "here", "part")
	fn := f.Func("half", "returns half of x.", "(x float32) (y float32)")
	v := fn.Scalar("x")
	fn.FMUL(v, v, fn.Num(0.5))
	fn.FADD(v, v, fn.Num(0.5)) // the same constant again
	fn.Ins("FMOVS %s, %s", v.scalar(), fn.Param("y"))
	fn.Return()
	want := `
DATA partConsts<>+0(SB)/8, $0x3f0000003f000000
DATA partConsts<>+8(SB)/8, $0x3f0000003f000000
GLOBL partConsts<>(SB), RODATA|NOPTR, $16

// func half(x float32) (y float32)
TEXT ·half(SB), NOSPLIT, $0-12
	MOVD $partConsts<>(SB), R26
	FMOVS x+0(FP), F0
	VDUP V0.S[0], V0.S4
	FMOVQ 0(R26), F1
	WORD $0x6e21dc00 // fmul v0.4s, v0.4s, v1.4s
	FMOVQ 0(R26), F2
	WORD $0x4e22d400 // fadd v0.4s, v0.4s, v2.4s
	FMOVS F0, y+8(FP)
	RET
`
	if got := string(f.assembly()); !strings.HasSuffix(got, want) {
		t.Errorf("assembly: got\n%s\nwant it to end in\n%s", got, want)
	}
	stubs, err := f.stubs()
	if want := "package here\n\n// half returns half of x.\n//\n//go:noescape\nfunc half(x float32) (y float32)\n"; err != nil ||
		!strings.HasSuffix(string(stubs), want) {
		t.Errorf("declarations: got\n%s\nand error %v, want it to end in\n%s", stubs, err, want)
	}
}
