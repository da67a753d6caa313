package pixels

import (
	"encoding/binary"
	"errors"
	"image"
)

// ErrUnusual says that a file is not a JPEG of the usual kind, or not a whole one: package
// image/jpeg knows what it is.
var ErrUnusual = errors.New("pixels: not a plain baseline JPEG")

// Decoder decodes the usual kind of JPEG (ITU-T Rec. T.81, baseline: one scan, Huffman codes, 8
// bits; grey, or brightness and two differences of colour that have the same or half the
// resolution), faster than package image/jpeg. It keeps memory for the next one, and belongs to one
// goroutine.
type Decoder struct {
	grey   image.Gray
	colour image.YCbCr

	quant    [4][64]uint16 // in the order of the file
	hasQuant [4]bool
	dc, ac   [4]huffman
	hasDC    [4]bool
	hasAC    [4]bool
	restart  int // units between markers; 0: none
	framed   bool
	adobe    bool // says itself what its three components are
	parts    []part
	size     image.Point
	bits     bits
	block    [64]int16
}

// part is a component of a picture.
type part struct {
	id, quant uint8
	h, v      int // blocks of a unit
	dc, ac    *huffman
	q         *[64]uint16
	last      int32 // constant coefficient of the block before
	pix       []uint8
	stride    int
}

// order is where the coefficients of a block stand, in the order of the file (T.81, figure A.6), as
// 8·u+v for the frequencies u across and v down. Damaged files may have up to 16 zeros too many.
var order = func() (o [64 + 16]uint8) {
	u, v := 0, 0
	for i := range 64 {
		o[i] = uint8(8*u + v)
		switch {
		case (u+v)%2 == 0 && u == 7:
			v++
		case (u+v)%2 == 0 && v == 0:
			u++
		case (u+v)%2 == 0:
			u, v = u+1, v-1
		case v == 7:
			u++
		case u == 0:
			v++
		default:
			u, v = u-1, v+1
		}
	}
	return o
}()

// Decode returns the picture of a file that is known to have a size: *image.Gray or *image.YCbCr,
// until the next call. For whatever it does not know it returns ErrUnusual.
func (d *Decoder) Decode(data []uint8, size image.Point) (image.Image, error) {
	d.hasQuant, d.hasDC, d.hasAC = [4]bool{}, [4]bool{}, [4]bool{}
	d.restart, d.framed, d.adobe, d.size = 0, false, false, size
	if len(data) < 4 || data[0] != 0xff || data[1] != 0xd8 || size.X < 1 || size.Y < 1 {
		return nil, ErrUnusual
	}
	at := 2
	for {
		if at+4 > len(data) || data[at] != 0xff {
			return nil, ErrUnusual
		}
		marker, n := data[at+1], int(binary.BigEndian.Uint16(data[at+2:]))
		if n < 2 || at+2+n > len(data) {
			return nil, ErrUnusual
		}
		body := data[at+4 : at+2+n]
		at += 2 + n
		if marker == 0xda {
			return d.scan(body, data[at:])
		}
		if !d.segment(marker, body) {
			return nil, ErrUnusual
		}
	}
}

// segment reads one of the segments before the scan.
func (d *Decoder) segment(marker uint8, body []uint8) bool {
	switch {
	case marker == 0xc0 || marker == 0xc1:
		return d.frame(body)
	case marker == 0xc4:
		return d.tables(body)
	case marker == 0xdb:
		for len(body) >= 65 {
			to := body[0]
			if to > 3 { // the upper half says that the numbers have 16 bits
				return false
			}
			for i, v := range body[1:65] {
				d.quant[to][i] = uint16(v)
			}
			d.hasQuant[to] = true
			body = body[65:]
		}
		return len(body) == 0
	case marker == 0xdd:
		if len(body) != 2 {
			return false
		}
		d.restart = int(binary.BigEndian.Uint16(body))
		return true
	case marker == 0xee && len(body) >= 12 && string(body[:5]) == "Adobe":
		d.adobe = body[11] != 1
		return true
	}
	return marker >= 0xe0 && marker <= 0xef || marker == 0xfe
}

// frame reads what the picture consists of.
func (d *Decoder) frame(body []uint8) bool {
	if d.framed || len(body) < 6 || body[0] != 8 || len(body) != 6+3*int(body[5]) {
		return false
	}
	h, w := int(binary.BigEndian.Uint16(body[1:])), int(binary.BigEndian.Uint16(body[3:]))
	if w != d.size.X || h != d.size.Y {
		return false
	}
	d.framed = true
	d.parts = d.parts[:0]
	for c := body[6:]; len(c) > 0; c = c[3:] {
		d.parts = append(d.parts, part{id: c[0], h: int(c[1] >> 4), v: int(c[1] & 15), quant: c[2]})
	}
	switch p := d.parts; len(p) {
	case 1:
		p[0].h, p[0].v = 1, 1 // there is nothing that it could be finer than
		return p[0].quant <= 3
	case 3:
		for _, c := range p[1:] {
			if c.h != 1 || c.v != 1 {
				return false
			}
		}
		rgb := p[0].id == 'R' && p[1].id == 'G' && p[2].id == 'B'
		return !rgb && p[0].id != p[1].id && p[0].id != p[2].id && p[1].id != p[2].id &&
			(p[0].h == 1 || p[0].h == 2) && (p[0].v == 1 || p[0].v == 2) && max(p[0].quant, p[1].quant, p[2].quant) <= 3
	}
	return false
}

// tables reads tables of codes.
func (d *Decoder) tables(body []uint8) bool {
	for len(body) >= 17 {
		kind, to := body[0]>>4, body[0]&15
		n := 16
		for _, c := range body[1:17] {
			n += int(c)
		}
		if kind > 1 || to > 3 || n == 16 || n > 16+256 || len(body) < 1+n {
			return false
		}
		table, has := &d.dc[to], &d.hasDC[to]
		if kind == 1 {
			table, has = &d.ac[to], &d.hasAC[to]
		}
		if *has = table.set(body[1 : 1+n]); !*has {
			return false
		}
		body = body[1+n:]
	}
	return len(body) == 0
}

// scan reads the picture itself, and that nothing comes behind it.
func (d *Decoder) scan(head, data []uint8) (image.Image, error) {
	n := len(d.parts)
	if !d.framed || len(head) != 4+2*n || int(head[0]) != n || n == 3 && d.adobe {
		return nil, ErrUnusual
	}
	if end := head[1+2*n:]; end[0] != 0 || end[1] != 63 || end[2] != 0 {
		return nil, ErrUnusual
	}
	for i := range d.parts {
		p, c := &d.parts[i], head[1+2*i:]
		dc, ac := c[1]>>4, c[1]&15
		if c[0] != p.id || dc > 3 || ac > 3 || !d.hasDC[dc] || !d.hasAC[ac] || !d.hasQuant[p.quant] {
			return nil, ErrUnusual
		}
		p.dc, p.ac, p.q, p.last = &d.dc[dc], &d.ac[ac], &d.quant[p.quant], 0
	}
	wide, tall := 8*d.parts[0].h, 8*d.parts[0].v
	across, down := (d.size.X+wide-1)/wide, (d.size.Y+tall-1)/tall
	img := d.picture(across, down)
	d.bits = bits{data: data}
	units := 0
	for y := range down {
		for x := range across {
			if d.restart > 0 && units > 0 && units%d.restart == 0 {
				if !d.bits.restart(0xd0 + uint8((units/d.restart-1)%8)) {
					return nil, ErrUnusual
				}
				for i := range d.parts {
					d.parts[i].last = 0
				}
			}
			units++
			if !d.unit(x, y) {
				return nil, ErrUnusual
			}
		}
	}
	if !d.bits.done() || data[d.bits.at+1] != 0xd9 {
		return nil, ErrUnusual
	}
	return img, nil
}

// picture makes room for so many units.
func (d *Decoder) picture(across, down int) image.Image {
	for i := range d.parts {
		p := &d.parts[i]
		p.stride = 8 * p.h * across
	}
	r := image.Rectangle{Max: d.size}
	p := d.parts
	pixels := func(b []uint8, p *part) []uint8 { return room(b, p.stride*8*p.v*down) }
	if len(p) == 1 {
		d.grey = image.Gray{Pix: pixels(d.grey.Pix, &p[0]), Stride: p[0].stride, Rect: r}
		p[0].pix = d.grey.Pix
		return &d.grey
	}
	ratio := image.YCbCrSubsampleRatio444
	switch [2]int{p[0].h, p[0].v} {
	case [2]int{2, 1}:
		ratio = image.YCbCrSubsampleRatio422
	case [2]int{1, 2}:
		ratio = image.YCbCrSubsampleRatio440
	case [2]int{2, 2}:
		ratio = image.YCbCrSubsampleRatio420
	}
	c := &d.colour
	*c = image.YCbCr{
		Y: pixels(c.Y, &p[0]), Cb: pixels(c.Cb, &p[1]), Cr: pixels(c.Cr, &p[2]),
		YStride: p[0].stride, CStride: p[1].stride, SubsampleRatio: ratio, Rect: r,
	}
	p[0].pix, p[1].pix, p[2].pix = c.Y, c.Cb, c.Cr
	return c
}

// unit reads the blocks of all parts at a place.
func (d *Decoder) unit(x, y int) bool {
	for i := range d.parts {
		p := &d.parts[i]
		for v := range p.v {
			for h := range p.h {
				last := d.coefficients(p)
				if last < 0 {
					return false
				}
				at := (y*p.v+v)*8*p.stride + (x*p.h+h)*8
				if last == 0 {
					flat(p.pix[at:], p.stride, d.block[0])
					d.block[0] = 0
					continue
				}
				inverse(p.pix[at:], p.stride, &d.block)
				d.block = [64]int16{}
			}
		}
	}
	return d.bits.n >= d.bits.spare
}

// flat writes the samples of a block that has a constant coefficient only, as inverse does.
func flat(dst []uint8, stride int, c int16) {
	first := int32(max(-1<<15, min(1<<15-1, (int32(c)*int32(cosines[0][0])+firstHalf)>>firstShift)))
	v := uint64(clamp((first*int32(cosines[0][0]) + secondHalf) >> secondShift))
	v *= 0x0101010101010101
	for y := range 8 {
		binary.LittleEndian.PutUint64(dst[y*stride:], v)
	}
}

// coefficients reads those of a block, of which all are 0 before. It returns the place in the
// file's order of the last one that is not 0, or -1 for an error.
func (d *Decoder) coefficients(p *part) int {
	b := &d.bits
	next, n := b.next, b.n
	refill := func() {
		b.next, b.n = next, n
		b.fill()
		next, n = b.next, b.n
	}
	if n < 32 {
		refill()
	}
	table := p.dc
	last := 0
	for k := 0; k < 64; k++ {
		if n < 32 {
			refill()
		}
		e := table.quick[next>>(64-lookBits)]
		if e == 0 {
			if e = table.long(uint32(next >> 48)); e == 0 {
				return -1
			}
		}
		used, run, value := int(e&^pending&0xff), int(e>>8&0xff), int32(e)>>16
		next <<= used
		n -= used
		if e&pending != 0 {
			size := int(value)
			value = extended(uint32(next>>(64-size)), size)
			next <<= size
			n -= size
		}
		if k == 0 { // the constant one: its difference from the last
			if run != 0 && run != endRun {
				return -1
			}
			p.last += value
			d.block[0] = int16(p.last * int32(p.q[0]))
			table = p.ac
			continue
		}
		if run == endRun {
			break
		}
		if k += run; k > 63 {
			return -1
		}
		d.block[order[k]] = int16(value * int32(p.q[k]))
		last = k
	}
	b.next, b.n = next, n
	return last
}
