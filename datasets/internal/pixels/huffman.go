package pixels

import "encoding/binary"

const (
	lookBits = 10 // of a code that are looked up at once
	pending  = 0x80
	endRun   = 64 // the run of the symbol that ends a block
)

// huffman is a table of codes of ITU-T Rec. T.81, annex C. quick, by the next lookBits bits, holds
// what the symbol of a code means if the code fits: the bits that were used, in the lowest byte;
// the zeros before a coefficient, in the next; the coefficient, in the upper half. Where the
// coefficient's own bits do not fit, pending is set and the upper half is their number. 0 is a
// longer code.
type huffman struct {
	spec    []uint8 // counts and symbols, as in the file
	quick   [1 << lookBits]uint32
	limit   [17]uint32 // by length, the first number of 16 bits that no code of at most this length begins
	offset  [17]int32  // of a length's first symbol, less its first code
	symbols []uint8
}

// set makes a table of its description, 16 counts and the symbols. Files of one program mostly have
// the same: it is made once then.
func (h *huffman) set(spec []uint8) bool {
	if string(h.spec) == string(spec) {
		return true
	}
	*h = huffman{symbols: append([]uint8(nil), spec[16:]...)}
	code, at := uint32(0), 0
	for length := 1; length <= 16; length++ {
		h.offset[length] = int32(at) - int32(code)
		for range spec[length-1] {
			if code >= 1<<length {
				return false // more codes than there are
			}
			h.look(code, length, h.symbols[at])
			code++
			at++
		}
		h.limit[length] = code << (16 - length)
		code <<= 1
	}
	h.spec = append([]uint8(nil), spec...)
	return true
}

// look fills in quick for a code.
func (h *huffman) look(code uint32, length int, symbol uint8) {
	free := lookBits - length
	if free < 0 {
		return
	}
	size := int(symbol & 15)
	run := uint32(symbol >> 4)
	switch symbol {
	case 0:
		run = endRun
	case 0xf0: // sixteen zeros
	default:
		if size == 0 {
			return
		}
	}
	for rest := range uint32(1) << free {
		e := uint32(length) | run<<8
		switch {
		case size > free:
			e |= pending | uint32(size)<<16
		case size > 0:
			e += uint32(size)
			e |= uint32(uint16(extended(rest>>(free-size), size))) << 16
		}
		h.quick[code<<free|rest] = e
	}
}

// extended returns the number that size bits stand for (T.81, figure F.12). size is at least 1.
func extended(bits uint32, size int) int32 {
	if bits < 1<<(size-1) {
		return int32(bits) - 1<<size + 1
	}
	return int32(bits)
}

// long returns what a code longer than lookBits means, as quick does, or 0 where there is no such
// code. next are the next 16 bits.
func (h *huffman) long(next uint32) uint32 {
	if next < h.limit[lookBits] {
		return 0
	}
	for length := lookBits + 1; length <= 16; length++ {
		if next < h.limit[length] {
			symbol := h.symbols[h.offset[length]+int32(next>>(16-length))]
			run := uint32(symbol >> 4)
			if symbol == 0 {
				run = endRun
			}
			switch {
			case symbol&15 != 0:
			case symbol == 0 || symbol == 0xf0:
				return uint32(length) | run<<8
			default:
				return 0
			}
			return uint32(length) | run<<8 | pending | uint32(symbol&15)<<16
		}
	}
	return 0
}

// bits reads the bits of a scan. At a marker, and at the end, it reads zeros.
type bits struct {
	data  []uint8
	at    int
	next  uint64 // the next bits, from the highest on
	n     int    // how many are known
	spare int    // of them, how many were not there
}

// fill sees to it that 48 bits are known.
func (b *bits) fill() {
	if b.at+8 <= len(b.data) {
		v := binary.BigEndian.Uint64(b.data[b.at:])
		if (^v-0x0101010101010101)&v&0x8080808080808080 == 0 { // none is 0xff, after which a byte may mean something else
			b.next |= v >> b.n
			k := (63 - b.n) >> 3
			b.at += k
			b.n += 8 * k
			return
		}
	}
	for b.n <= 56 {
		v := uint64(0)
		switch {
		case b.at >= len(b.data):
			b.spare += 8
		case b.data[b.at] != 0xff:
			v = uint64(b.data[b.at])
			b.at++
		case b.at+1 < len(b.data) && b.data[b.at+1] == 0:
			v = 0xff
			b.at += 2
		default:
			b.spare += 8
		}
		b.next |= v << (56 - b.n)
		b.n += 8
	}
}

// restart goes on behind the marker that comes next, whose second byte is code, and reports whether
// it does.
func (b *bits) restart(code uint8) bool {
	if !b.done() || b.at+2 > len(b.data) || b.data[b.at+1] != code {
		return false
	}
	b.at += 2
	b.next, b.n, b.spare = 0, 0, 0
	return true
}

// done reports whether all bits before a marker were read, but for those that fill up a byte.
func (b *bits) done() bool {
	return b.n >= b.spare && b.n-b.spare < 8 && b.at+1 < len(b.data) && b.data[b.at] == 0xff && b.data[b.at+1] != 0
}
