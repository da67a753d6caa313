package film

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"image"
	"image/gif"
	"image/png"
	"testing"
	"time"
)

// moving returns a film of a square that moves over a run of colours.
func moving(frames int) *Film {
	f := &Film{W: 24, H: 16, Frames: frames, Time: time.Duration(frames) * time.Second / 30}
	f.Frame = func(_ context.Context, i int) (*image.RGBA, error) {
		img := image.NewRGBA(image.Rect(0, 0, f.W, f.H))
		for k := 0; k < len(img.Pix); k += 4 {
			x, y := k/4%f.W, k/4/f.W
			img.Pix[k], img.Pix[k+1], img.Pix[k+2], img.Pix[k+3] = uint8(10*x), uint8(15*y), 90, 255
			if x/4 == i%6 {
				img.Pix[k], img.Pix[k+1], img.Pix[k+2] = 255, 255, 255
			}
		}
		return img, nil
	}
	return f
}

// TestGIF reads the film with another reader: frames, times, and colours that are nearly the same.
func TestGIF(t *testing.T) {
	f := moving(12)
	var b bytes.Buffer
	if err := f.GIF(t.Context(), &b); err != nil {
		t.Fatal(err)
	}
	got, err := gif.DecodeAll(&b)
	if err != nil {
		t.Fatal(err)
	}
	total := 0
	for _, d := range got.Delay {
		total += d
	}
	if len(got.Image) != 12 || total != 40 || got.LoopCount != 0 {
		t.Errorf("%d frames in %d hundredths, want 12 in 40; repeats %d", len(got.Image), total, got.LoopCount)
	}
	for i, p := range got.Image {
		want, _ := f.Frame(t.Context(), i)
		worst := 0
		for k := range p.Pix {
			r, g, bl, _ := p.Palette[p.Pix[k]].RGBA()
			for c, v := range []uint32{r, g, bl} {
				d := int(v>>8) - int(want.Pix[4*k+c])
				worst = max(worst, d, -d)
			}
		}
		if worst > 16 {
			t.Errorf("frame %d: colours differ by %d", i, worst)
		}
	}
}

// TestAPNG: the first frame is the picture that other readers show, and each frame is whole.
func TestAPNG(t *testing.T) {
	f := moving(5)
	var b bytes.Buffer
	if err := f.APNG(t.Context(), &b); err != nil {
		t.Fatal(err)
	}
	chunks, err := chunksOf(b.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	var header, frame []byte
	number, sequence, millis := -1, uint32(0), 0
	check := func() {
		if number < 0 {
			return
		}
		var one bytes.Buffer
		one.WriteString(signature)
		for _, c := range []chunk{{"IHDR", header}, {"IDAT", frame}, {"IEND", nil}} {
			if err := writeChunk(&one, c.kind, c.data); err != nil {
				t.Fatal(err)
			}
		}
		img, err := png.Decode(&one)
		want, _ := f.Frame(t.Context(), number)
		if err != nil || !bytes.Equal(img.(*image.RGBA).Pix, want.Pix) {
			t.Errorf("frame %d: %v, or other pixels", number, err)
		}
	}
	for _, c := range chunks {
		switch c.kind {
		case "IHDR":
			header = c.data
		case "acTL":
			if n := binary.BigEndian.Uint32(c.data); n != 5 {
				t.Errorf("says %d frames", n)
			}
		case "fcTL", "fdAT":
			if got := binary.BigEndian.Uint32(c.data); got != sequence {
				t.Errorf("%s has number %d, want %d", c.kind, got, sequence)
			}
			sequence++
			if c.kind == "fdAT" {
				frame = append(frame, c.data[4:]...)
				continue
			}
			check()
			number, frame = number+1, nil
			millis += int(binary.BigEndian.Uint16(c.data[20:]))
		case "IDAT":
			if number != 0 {
				t.Errorf("pixels outside of the animation belong to frame %d", number)
			}
			frame = append(frame, c.data...)
		}
	}
	check()
	if number != 4 || millis != 167 {
		t.Errorf("%d frames in %d ms, want 5 in 167", number+1, millis)
	}
}

// TestFilmEnds writes nothing of what cannot be, and stops when it is told to.
func TestFilmEnds(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	f := moving(12)
	f.Done = func(done, _ int) {
		if done == 3 {
			cancel()
		}
	}
	var b bytes.Buffer
	if err := f.GIF(ctx, &b); !errors.Is(err, context.Canceled) || b.Len() > 0 {
		t.Errorf("ends with %v after %d bytes", err, b.Len())
	}
	for _, bad := range []func(*Film){
		func(f *Film) { f.Frames = 1 }, func(f *Film) { f.W = 0 }, func(f *Film) { f.W, f.H, f.Frames = 30000, 30000, 100 },
		func(f *Film) { f.Time = time.Millisecond },
	} {
		f := moving(12)
		bad(f)
		if f.APNG(t.Context(), &b) == nil {
			t.Errorf("%d frames of %d×%d in %v are written", f.Frames, f.W, f.H, f.Time)
		}
	}
	f = moving(3)
	f.W = 25
	draw := f.Frame
	f.Frame = func(ctx context.Context, i int) (*image.RGBA, error) {
		img, err := draw(ctx, i)
		return img.SubImage(image.Rect(0, 0, 20, 16)).(*image.RGBA), err
	}
	if f.GIF(t.Context(), &b) == nil {
		t.Error("frames of another size are written")
	}
}
