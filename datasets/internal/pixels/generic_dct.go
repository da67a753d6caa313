package pixels

// cosines are those of the inverse transform of ITU-T Rec. T.81, section A.3.3, in 32768ths:
// ½cos((2x+1)kπ/16) for x from 0 to 3 and frequency k, divided by √2 where k is 0. The other four x
// have the same, with the opposite sign where k is odd.
var cosines = [4][8]int16{
	{11585, 16069, 15137, 13623, 11585, 9102, 6270, 3196},
	{11585, 13623, 6270, -3196, -11585, -16069, -15137, -9102},
	{11585, 9102, -6270, -16069, -11585, 3196, 15137, 13623},
	{11585, 3196, -15137, -9102, 11585, 13623, -6270, -16069},
}

// Between the two passes, values have four binary digits behind the point.
const (
	firstShift  = 15 - 4
	secondShift = 15 + 4
	firstHalf   = 1 << (firstShift - 1)
	secondHalf  = 1<<(secondShift-1) + 128<<secondShift // and 128, as samples are around it
)

// inverseGeneric writes the samples of a block of 8×8 coefficients, 8·u+v for the frequencies u
// across and v down, to rows that are stride apart. It changes the block.
func inverseGeneric(dst []uint8, stride int, block *[64]int16) {
	for v := range 8 {
		for x, s := range inverse8(block, v, 8, firstHalf) {
			block[8*x+v] = int16(max(-1<<15, min(1<<15-1, s>>firstShift)))
		}
	}
	for x := range 8 {
		for y, s := range inverse8(block, 8*x, 1, secondHalf) {
			dst[y*stride+x] = clamp(s >> secondShift)
		}
	}
}

// inverse8 transforms the eight values of a block that begin at a place and are step apart.
func inverse8(block *[64]int16, at, step int, half int32) (out [8]int32) {
	var in [8]int32
	for k := range in {
		in[k] = int32(block[at+k*step])
	}
	for x := range 4 {
		c := &cosines[x]
		even := half + in[0]*int32(c[0]) + in[2]*int32(c[2]) + in[4]*int32(c[4]) + in[6]*int32(c[6])
		odd := in[1]*int32(c[1]) + in[3]*int32(c[3]) + in[5]*int32(c[5]) + in[7]*int32(c[7])
		out[x], out[7-x] = even+odd, even-odd
	}
	return out
}
