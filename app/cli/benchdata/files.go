package main

import (
	"bufio"
	"context"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"image/png"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"sync/atomic"

	xdraw "golang.org/x/image/draw"

	"ganvas/datasets"
)

// each calls f for every i below n, on all processors, until one fails.
func each(n int, f func(i int) error) error {
	var next atomic.Int64
	var wg sync.WaitGroup
	errs := make(chan error, runtime.GOMAXPROCS(0))
	for range cap(errs) {
		wg.Go(func() {
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				if err := f(i); err != nil {
					errs <- err
					return
				}
			}
		})
	}
	wg.Wait()
	close(errs)
	return <-errs
}

// write writes a file through a buffer.
func write(path string, encode func(w *bufio.Writer) error) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer f.Close()
	w := bufio.NewWriter(f)
	if err := encode(w); err != nil {
		return err
	}
	return w.Flush()
}

// makeDigits makes pictures of digits, shifted by up to three pixels and each in two colours of its
// own, in a folder for each digit.
func makeDigits(dir string, count int) error {
	digits, err := datasets.Open(context.Background(), "digits", datasets.Options{}, nil)
	if err != nil {
		return err
	}
	for k := range 10 {
		if err := os.MkdirAll(filepath.Join(dir, fmt.Sprint(k)), 0o755); err != nil {
			return err
		}
	}
	encoder := png.Encoder{CompressionLevel: png.BestSpeed, BufferPool: new(buffers)}
	return each(count, func(i int) error {
		r := rand.New(rand.NewPCG(7, uint64(i)))
		values := make([]float32, 28*28)
		label := digits.Read(r.IntN(digits.Len()), values)
		img := image.NewPaletted(image.Rect(0, 0, 28, 28), between(anyColour(r, 0), anyColour(r, 128)))
		dx, dy := r.IntN(7)-3, r.IntN(7)-3
		for p, v := range values {
			if at := image.Pt(p%28+dx, p/28+dy); at.In(img.Rect) {
				img.SetColorIndex(at.X, at.Y, uint8((v+1)*7.99))
			}
		}
		return write(filepath.Join(dir, fmt.Sprint(label), fmt.Sprintf("%07d.png", i)), func(w *bufio.Writer) error { return encoder.Encode(w, img) })
	})
}

// buffers lets encoders share memory.
type buffers struct{ pool sync.Pool }

func (b *buffers) Get() *png.EncoderBuffer {
	e, _ := b.pool.Get().(*png.EncoderBuffer)
	return e
}

func (b *buffers) Put(e *png.EncoderBuffer) { b.pool.Put(e) }

func anyColour(r *rand.Rand, least int) color.RGBA {
	c := func() uint8 { return uint8(least + r.IntN(128)) }
	return color.RGBA{c(), c(), c(), 255}
}

// between is sixteen colours from one to another.
func between(a, b color.RGBA) (p color.Palette) {
	mix := func(x, y uint8, i int) uint8 { return uint8((int(x)*(15-i) + int(y)*i) / 15) }
	for i := range 16 {
		p = append(p, color.RGBA{mix(a.R, b.R, i), mix(a.G, b.G, i), mix(a.B, b.B, i), 255})
	}
	return p
}

// makeEmoji writes the built-in emoji as files, in a folder for each group.
func makeEmoji(dir string) error {
	emoji, err := datasets.Open(context.Background(), "emoji", datasets.Options{}, nil)
	if err != nil {
		return err
	}
	for _, name := range emoji.Info().Labels {
		if err := os.MkdirAll(filepath.Join(dir, name), 0o755); err != nil {
			return err
		}
	}
	return each(emoji.Len(), func(i int) error {
		label := emoji.Read(i, make([]float32, 64*64*4))
		path := filepath.Join(dir, emoji.Info().Labels[label], fmt.Sprintf("%04d.png", i))
		return write(path, func(w *bufio.Writer) error { return png.Encode(w, datasets.Picture(emoji, i)) })
	})
}

// makePhotos makes JPEGs of 256×256, an emoji on a grainy slope of colours, in ten folders.
func makePhotos(dir string, count int) error {
	emoji, err := datasets.Open(context.Background(), "emoji", datasets.Options{}, nil)
	if err != nil {
		return err
	}
	for k := range 10 {
		if err := os.MkdirAll(filepath.Join(dir, fmt.Sprint(k)), 0o755); err != nil {
			return err
		}
	}
	return each(count, func(i int) error {
		r := rand.New(rand.NewPCG(11, uint64(i)))
		img := image.NewRGBA(image.Rect(0, 0, 256, 256))
		slope := between(anyColour(r, 0), anyColour(r, 128))
		for p := range 256 * 256 {
			x, y := p%256, p/256
			c := slope[(x+y+r.IntN(24))/34].(color.RGBA)
			img.SetRGBA(x, y, c)
		}
		xdraw.ApproxBiLinear.Scale(img, image.Rect(40, 40, 216, 216), datasets.Picture(emoji, r.IntN(emoji.Len())), image.Rect(0, 0, 64, 64), draw.Over, nil)
		return write(filepath.Join(dir, fmt.Sprint(i%10), fmt.Sprintf("%05d.jpg", i)), func(w *bufio.Writer) error {
			return jpeg.Encode(w, img, &jpeg.Options{Quality: 90})
		})
	})
}
