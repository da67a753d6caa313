package armasm

import "fmt"

// The methods below write one instruction each. They are named as in "Arm Architecture Reference
// Manual for A-profile architecture", chapter C7, whose encodings they hold, and take their
// operands in its order, the result first. Where nothing else is said, a register is four lanes of
// float32 (FADD, …) or of int32 (ADD, …).

// word writes an encoded instruction and, as a comment, what it means.
func (f *Func) word(code uint32, format string, args ...any) {
	f.Ins("WORD $0x%08x // %s", code, fmt.Sprintf(format, args...))
}

// three writes an instruction with two operands; lanes is the suffix of the registers.
func (f *Func) three(code uint32, name, lanes string, d, n, m V) {
	f.word(code|uint32(m)<<16|uint32(n)<<5|uint32(d), "%s v%d.%s, v%d.%s, v%d.%s", name, d, lanes, n, lanes, m, lanes)
}

// two writes an instruction with one operand.
func (f *Func) two(code uint32, name, to, from string, d, n V) {
	f.word(code|uint32(n)<<5|uint32(d), "%s v%d.%s, v%d.%s", name, d, to, n, from)
}

// FADD is d = n+m.
func (f *Func) FADD(d, n, m V) { f.three(0x4e20d400, "fadd", "4s", d, n, m) }

// FSUB is d = n−m.
func (f *Func) FSUB(d, n, m V) { f.three(0x4ea0d400, "fsub", "4s", d, n, m) }

// FMUL is d = n·m.
func (f *Func) FMUL(d, n, m V) { f.three(0x6e20dc00, "fmul", "4s", d, n, m) }

// FDIV is d = n/m.
func (f *Func) FDIV(d, n, m V) { f.three(0x6e20fc00, "fdiv", "4s", d, n, m) }

// FMAX is d = max(n, m), NaN if one of them is.
func (f *Func) FMAX(d, n, m V) { f.three(0x4e20f400, "fmax", "4s", d, n, m) }

// FMIN is d = min(n, m), NaN if one of them is.
func (f *Func) FMIN(d, n, m V) { f.three(0x4ea0f400, "fmin", "4s", d, n, m) }

// FMLA is d += n·m, rounded once.
func (f *Func) FMLA(d, n, m V) { f.three(0x4e20cc00, "fmla", "4s", d, n, m) }

// FMLS is d −= n·m, rounded once.
func (f *Func) FMLS(d, n, m V) { f.three(0x4ea0cc00, "fmls", "4s", d, n, m) }

// FADDP is the sums of neighbours: of n in the lower half of d, of m in the upper one.
func (f *Func) FADDP(d, n, m V) { f.three(0x6e20d400, "faddp", "4s", d, n, m) }

// FCMEQ sets all bits of d's lanes where n = m.
func (f *Func) FCMEQ(d, n, m V) { f.three(0x4e20e400, "fcmeq", "4s", d, n, m) }

// FCMGT sets all bits of d's lanes where n > m.
func (f *Func) FCMGT(d, n, m V) { f.three(0x6ea0e400, "fcmgt", "4s", d, n, m) }

// FMLAElem is d += n·m[lane], rounded once.
func (f *Func) FMLAElem(d, n, m V, lane int) {
	code := 0x4f801000 | uint32(lane&1)<<21 | uint32(m)<<16 | uint32(lane>>1)<<11 | uint32(n)<<5 | uint32(d)
	f.word(code, "fmla v%d.4s, v%d.4s, v%d.s[%d]", d, n, m, lane)
}

// FABS is d = |n|.
func (f *Func) FABS(d, n V) { f.two(0x4ea0f800, "fabs", "4s", "4s", d, n) }

// FNEG is d = −n.
func (f *Func) FNEG(d, n V) { f.two(0x6ea0f800, "fneg", "4s", "4s", d, n) }

// FSQRT is d = √n.
func (f *Func) FSQRT(d, n V) { f.two(0x6ea1f800, "fsqrt", "4s", "4s", d, n) }

// FRINTN rounds to the nearest integer, ties to even, as a float32.
func (f *Func) FRINTN(d, n V) { f.two(0x4e218800, "frintn", "4s", "4s", d, n) }

// FCVTNS converts to the nearest int32, ties to even.
func (f *Func) FCVTNS(d, n V) { f.two(0x4e21a800, "fcvtns", "4s", "4s", d, n) }

// SCVTF converts int32 to float32.
func (f *Func) SCVTF(d, n V) { f.two(0x4e21d800, "scvtf", "4s", "4s", d, n) }

// FCVTL converts the lower two float32 to float64.
func (f *Func) FCVTL(d, n V) { f.two(0x0e617800, "fcvtl", "2d", "2s", d, n) }

// FCVTL2 converts the upper two float32 to float64.
func (f *Func) FCVTL2(d, n V) { f.two(0x4e617800, "fcvtl2", "2d", "4s", d, n) }

// FADD2D is d = n+m for float64.
func (f *Func) FADD2D(d, n, m V) { f.three(0x4e60d400, "fadd", "2d", d, n, m) }

// FMLA2D is d += n·m for float64, rounded once.
func (f *Func) FMLA2D(d, n, m V) { f.three(0x4e60cc00, "fmla", "2d", d, n, m) }

// FADDPD is the sum of the two float64 of n.
func (f *Func) FADDPD(d, n V) { f.word(0x7e70d800|uint32(n)<<5|uint32(d), "faddp d%d, v%d.2d", d, n) }

// ADD is d = n+m.
func (f *Func) ADD(d, n, m V) { f.three(0x4ea08400, "add", "4s", d, n, m) }

// SUB is d = n−m.
func (f *Func) SUB(d, n, m V) { f.three(0x6ea08400, "sub", "4s", d, n, m) }

// CMGT sets all bits of d's lanes where n > m.
func (f *Func) CMGT(d, n, m V) { f.three(0x4ea03400, "cmgt", "4s", d, n, m) }

// UMAXV is the greatest of the four lanes as unsigned numbers.
func (f *Func) UMAXV(d, n V) { f.word(0x6eb0a800|uint32(n)<<5|uint32(d), "umaxv s%d, v%d.4s", d, n) }

// AND is d = n∧m.
func (f *Func) AND(d, n, m V) { f.three(0x4e201c00, "and", "16b", d, n, m) }

// ORR is d = n∨m.
func (f *Func) ORR(d, n, m V) { f.three(0x4ea01c00, "orr", "16b", d, n, m) }

// MOV is d = n.
func (f *Func) MOV(d, n V) {
	f.word(0x4ea01c00|uint32(n)<<16|uint32(n)<<5|uint32(d), "mov v%d.16b, v%d.16b", d, n)
}

// BSL is d = n where d's bits are set, else m.
func (f *Func) BSL(d, n, m V) { f.three(0x6e601c00, "bsl", "16b", d, n, m) }

// Clear is d = 0.
func (f *Func) Clear(d V) { f.three(0x6e201c00, "eor", "16b", d, d, d) }

// SHL shifts to the left.
func (f *Func) SHL(d, n V, by int) { f.shift(0x4f005400, "shl", 32+by, by, d, n) }

// SSHR shifts to the right and keeps the sign.
func (f *Func) SSHR(d, n V, by int) { f.shift(0x4f000400, "sshr", 64-by, by, d, n) }

func (f *Func) shift(code uint32, name string, field, by int, d, n V) {
	f.word(code|uint32(field)<<16|uint32(n)<<5|uint32(d), "%s v%d.4s, v%d.4s, #%d", name, d, n, by)
}

// ZIP1 interleaves the lower halves of n and m, ZIP2 the upper ones.
func (f *Func) ZIP1(d, n, m V) { f.three(0x4e803800, "zip1", "4s", d, n, m) }

// ZIP2 interleaves the upper halves of n and m.
func (f *Func) ZIP2(d, n, m V) { f.three(0x4e807800, "zip2", "4s", d, n, m) }

// ZIP1D joins the lower halves of n and m.
func (f *Func) ZIP1D(d, n, m V) { f.three(0x4ec03800, "zip1", "2d", d, n, m) }

// ZIP2D joins the upper halves of n and m.
func (f *Func) ZIP2D(d, n, m V) { f.three(0x4ec07800, "zip2", "2d", d, n, m) }
