package pixels

import (
	"encoding/binary"
	"image"
	"image/color"
)

// source gives the rows of a part of a picture. It keeps scratch space for the next one.
type source struct {
	img    image.Image
	part   image.Rectangle
	chroma chroma
}

// set makes it that of a part that lies in the picture.
func (s *source) set(img image.Image, part image.Rectangle) {
	s.img, s.part = img, part
	if c, ok := img.(*image.YCbCr); ok {
		s.chroma.set(c)
	}
}

// row sets dst to the pixels of row y of the part as red, green, blue and alpha, the colours
// multiplied by alpha.
func (s *source) row(y int, dst []uint8) {
	x0, n := s.part.Min.X, s.part.Dx()
	y += s.part.Min.Y
	switch img := s.img.(type) {
	case *image.YCbCr:
		s.chroma.colours(dst, x0, y, n)
	case *image.Gray:
		at := img.PixOffset(x0, y)
		for x, v := range img.Pix[at : at+n] {
			binary.LittleEndian.PutUint32(dst[4*x:], uint32(v)*0x010101|0xff000000)
		}
	case *image.RGBA:
		at := img.PixOffset(x0, y)
		copy(dst, img.Pix[at:at+4*n])
	case *image.NRGBA:
		at := img.PixOffset(x0, y)
		weigh(dst, img.Pix[at:at+4*n])
	case *image.CMYK:
		at := img.PixOffset(x0, y)
		for x := range n {
			p, out := img.Pix[at+4*x:at+4*x+4], dst[4*x:4*x+4]
			out[0], out[1], out[2] = color.CMYKToRGB(p[0], p[1], p[2], p[3])
			out[3] = 255
		}
	default:
		for x := range n {
			r, g, b, a := img.At(x0+x, y).RGBA()
			p := dst[4*x : 4*x+4]
			p[0], p[1], p[2], p[3] = uint8(r>>8), uint8(g>>8), uint8(b>>8), uint8(a>>8)
		}
	}
}

// weigh multiplies the colours of src by its alpha.
func weigh(dst, src []uint8) {
	for i := 0; i+4 <= len(src); i += 4 {
		p, out := src[i:i+4], dst[i:i+4]
		a := uint32(p[3])
		if a == 255 {
			binary.LittleEndian.PutUint32(out, binary.LittleEndian.Uint32(p))
			continue
		}
		times := func(v uint8) uint8 { return uint8((uint32(v)*a + 127) / 255) }
		out[0], out[1], out[2], out[3] = times(p[0]), times(p[1]), times(p[2]), p[3]
	}
}

// chroma brings differences of colour to the resolution of brightness. Those that have half of it
// are taken to lie in the middle of the pixels that they are of, and what is between them is three
// quarters the nearer one, as libjpeg does it.
type chroma struct {
	img            *image.YCbCr
	wide, tall     int // pixels that share a value
	x0, x1, y0, y1 int // of the values
	sums           []uint16
	blue, red      []uint8 // a row
}

func (c *chroma) set(img *image.YCbCr) {
	c.img = img
	switch img.SubsampleRatio {
	case image.YCbCrSubsampleRatio444:
		c.wide, c.tall = 1, 1
	case image.YCbCrSubsampleRatio422:
		c.wide, c.tall = 2, 1
	case image.YCbCrSubsampleRatio420:
		c.wide, c.tall = 2, 2
	case image.YCbCrSubsampleRatio440:
		c.wide, c.tall = 1, 2
	case image.YCbCrSubsampleRatio411:
		c.wide, c.tall = 4, 1
	default:
		c.wide, c.tall = 4, 2
	}
	r := img.Rect
	c.x0, c.x1 = r.Min.X/c.wide, (r.Max.X-1)/c.wide+1
	c.y0, c.y1 = r.Min.Y/c.tall, (r.Max.Y-1)/c.tall+1
	n := c.x1 - c.x0
	c.sums = room(c.sums, n+2)
	c.blue, c.red = room(c.blue, n*c.wide), room(c.red, n*c.wide)
}

// colours sets dst to n pixels of row y.
func (c *chroma) colours(dst []uint8, x, y, n int) {
	c.row(c.blue, c.img.Cb, y)
	c.row(c.red, c.img.Cr, y)
	at, skip := c.img.YOffset(x, y), x-c.x0*c.wide
	colour(dst[:4*n], c.img.Y[at:at+n], c.blue[skip:skip+n], c.red[skip:skip+n])
}

// row sets dst to a plane's values for row y of the picture, from its first value on.
func (c *chroma) row(dst, plane []uint8, y int) {
	n := c.x1 - c.x0
	line := func(v int) []uint8 {
		at := (max(c.y0, min(c.y1-1, v)) - c.y0) * c.img.CStride
		return plane[at : at+n]
	}
	v := y / c.tall
	near, far := line(v), line(v)
	if c.tall == 2 {
		far = line(v - 1 + 2*(y&1))
	}
	switch {
	case c.wide == 2:
		thirds(c.sums[1:n+1], near, far)
		c.sums[0], c.sums[n+1] = c.sums[1], c.sums[n]
		spread(dst, c.sums)
	case c.wide == 1 && c.tall == 1:
		copy(dst, near)
	case c.wide == 1:
		thirds(c.sums[1:n+1], near, far)
		for i, v := range c.sums[1 : n+1] {
			dst[i] = uint8((v + 2) >> 2)
		}
	default:
		for i := range dst {
			dst[i] = near[i/c.wide]
		}
	}
}
