// Package samples writes what a generator makes for other programs: pictures in folders, arrays of
// NumPy, tables of numbers. Memory does not grow with how many there are. It draws no galleries.
package samples

import (
	"bufio"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"ganvas/engine/gan"
	"ganvas/engine/memory"
	"ganvas/engine/provenance"
)

// Options say what is written.
type Options struct {
	N    int    // items
	Seed uint64 // of their latents
	// Scale and Offset bring points into the units of their data, in a table alone. The zero Scale
	// leaves them as they are.
	Scale, Offset [2]float64
	// Folders are the names of folders, one for each class of the generator, in which pictures lie
	// by class, as many of each; nil: they lie in one folder.
	Folders []string
	From    *provenance.Source // what a picture says of the generator; nil: it does not say how it was made
	Fewer   string             // what helps where the disk has no room
	Done    func(items int)    // told how many are done; may be nil
}

// atOnce is how many items are made at once.
const atOnce = 64

// each makes all items, some at a time, and hands them to use with their latents z; first is the
// number of the first of them. They are of what g was told to choose, or of the classes of Folders
// one after the other.
func (o Options) each(ctx context.Context, g *gan.Generator, use func(first int, z, items []float32) error) error {
	if o.Folders != nil {
		class, part := g.Choice()
		defer g.Choose(class, part)
	}
	draw := g.Draw(o.Seed)
	for first := 0; first < o.N; {
		if err := ctx.Err(); err != nil {
			return err
		}
		n := min(atOnce, o.N-first)
		if o.Folders != nil {
			class, end := o.class(first)
			_, part := g.Choice()
			g.Choose(class, part)
			n = min(n, end-first)
		}
		z := draw(n)
		if err := use(first, z, g.Render(z, n)); err != nil {
			return err
		}
		if first += n; o.Done != nil {
			o.Done(first)
		}
	}
	return nil
}

// class returns the class of item i where there are Folders, and the first item of the next.
func (o Options) class(i int) (class, end int) {
	classes := len(o.Folders)
	for end = o.N / classes; i >= end; end = (class + 1) * o.N / classes {
		class++
	}
	return class, end
}

// checkRoom refuses an output for which the disk has no room, by how many bytes the first items
// took.
func (o Options) checkRoom(path string, bytes, items int) error {
	return memory.CheckDisk(path, float64(bytes)/float64(items)*float64(o.N), o.Fewer)
}

// NPY writes an array of float32, (n, H, W, C) of pictures in [−1, 1] or (n, 2) of points, in
// NumPy's format, version 1.0. It goes to the disk of path.
func (o Options) NPY(ctx context.Context, path string, w io.Writer, g *gan.Generator) error {
	if err := memory.CheckDisk(path, 4*float64(o.N)*float64(g.Out().Size()), o.Fewer); err != nil {
		return err
	}
	shape := strconv.Itoa(o.N)
	for _, d := range g.Out() {
		shape += ", " + strconv.Itoa(d)
	}
	const magic = "\x93NUMPY\x01\x00"
	head := fmt.Sprintf("{'descr': '<f4', 'fortran_order': False, 'shape': (%s), }", shape)
	// The header, with its magic and length, is filled up with spaces to a multiple of 64 bytes and
	// ends its line.
	head += strings.Repeat(" ", 63-(len(magic)+2+len(head))%64) + "\n"
	b := bufio.NewWriterSize(w, 1<<20)
	b.WriteString(magic)
	b.Write(binary.LittleEndian.AppendUint16(nil, uint16(len(head))))
	b.WriteString(head)
	err := o.each(ctx, g, func(_ int, _, items []float32) error { return binary.Write(b, binary.LittleEndian, items) })
	return errors.Join(err, b.Flush())
}

// CSV writes one line for each item: x and y of points, or all values of a picture. It goes to the
// disk of path.
func (o Options) CSV(ctx context.Context, path string, w io.Writer, g *gan.Generator) error {
	b := bufio.NewWriterSize(w, 1<<20)
	if !g.Out().Picture() {
		b.WriteString("x,y\n")
	}
	width := g.Out().Size()
	scaled := !g.Out().Picture() && o.Scale != [2]float64{} && o.Scale != [2]float64{1, 1}
	var line []byte
	err := o.each(ctx, g, func(first int, _, items []float32) error {
		written := 0
		for i, v := range items {
			x, bits := float64(v), 32
			if scaled {
				x, bits = x*o.Scale[i%2]+o.Offset[i%2], 64
			}
			line = strconv.AppendFloat(line[:0], x, 'g', -1, bits)
			if i%width == width-1 {
				line = append(line, '\n')
			} else {
				line = append(line, ',')
			}
			if _, err := b.Write(line); err != nil {
				return err
			}
			written += len(line)
		}
		if first > 0 {
			return nil
		}
		return o.checkRoom(path, written, len(items)/width) // the others are about as long
	})
	return errors.Join(err, b.Flush())
}
