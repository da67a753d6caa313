// Pack writes the emoji that come with the program: it puts PNG of one size, which lie in a zip,
// on sheets of lossless WebP, which take less than each alone. It needs cwebp, of libwebp.
//
//	go run ./datasets/data/pack PNGS.zip datasets/data/noto-emoji-64.zip
package main

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/png"
	"log"
	"os"
	"os/exec"
	"slices"
	"strings"

	"golang.org/x/image/webp"

	"ganvas/datasets/data"
)

func main() {
	log.SetFlags(0)
	if len(os.Args) != 3 {
		log.Fatal("usage: pack PNGS.zip OUT.zip")
	}
	packed, err := pack(os.Args[1])
	if err == nil {
		err = os.WriteFile(os.Args[2], packed, 0o644)
	}
	if err != nil {
		log.Fatal("pack: ", err)
	}
}

// pack returns a zip of sheets, and of the names of the pictures on them, in the order of names.
func pack(path string) ([]byte, error) {
	in, err := zip.OpenReader(path)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	pictures := slices.DeleteFunc(in.File, func(f *zip.File) bool { return f.FileInfo().IsDir() })
	slices.SortFunc(pictures, func(a, b *zip.File) int { return strings.Compare(a.Name, b.Name) })
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	var names strings.Builder
	for _, f := range pictures {
		fmt.Fprintln(&names, f.Name)
	}
	if err := add(w, data.EmojiNames, zip.Deflate, []byte(names.String())); err != nil {
		return nil, err
	}
	for first := 0; first < len(pictures); first += data.EmojiSheet {
		sheet, err := compress(pictures[first:min(first+data.EmojiSheet, len(pictures))])
		if err == nil {
			err = add(w, data.EmojiSheetName(first/data.EmojiSheet), zip.Store, sheet)
		}
		if err != nil {
			return nil, err
		}
	}
	err = w.Close()
	return out.Bytes(), err
}

func add(w *zip.Writer, name string, method uint16, content []byte) error {
	f, err := w.CreateHeader(&zip.FileHeader{Name: name, Method: method})
	if err == nil {
		_, err = f.Write(content)
	}
	return err
}

// compress puts pictures under each other and returns them as WebP that is read back as the same
// pixels, be they transparent or not.
func compress(pictures []*zip.File) ([]byte, error) {
	const side = data.EmojiSide
	sheet := image.NewNRGBA(image.Rect(0, 0, side, side*len(pictures)))
	for i, f := range pictures {
		img, err := read(f)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", f.Name, err)
		}
		if b := img.Bounds(); b.Size() != image.Pt(side, side) {
			return nil, fmt.Errorf("%s has %d×%d pixels", f.Name, b.Dx(), b.Dy())
		}
		for y := range side {
			for x := range side {
				sheet.Set(x, i*side+y, img.At(x, y))
			}
		}
	}
	var plain bytes.Buffer
	if err := png.Encode(&plain, sheet); err != nil {
		return nil, err
	}
	c := exec.Command("cwebp", "-quiet", "-lossless", "-exact", "-z", "9", "-metadata", "none", "-o", "-", "--", "-")
	c.Stdin, c.Stderr = &plain, os.Stderr
	packed, err := c.Output()
	if err != nil {
		return nil, fmt.Errorf("cwebp: %w", err)
	}
	back, err := webp.Decode(bytes.NewReader(packed))
	if err != nil {
		return nil, err
	}
	if got, ok := back.(*image.NRGBA); !ok || !bytes.Equal(got.Pix, sheet.Pix) {
		return nil, errors.New("cwebp changes pixels")
	}
	return packed, nil
}

// read decodes a PNG of the zip.
func read(f *zip.File) (image.Image, error) {
	r, err := f.Open()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return png.Decode(r)
}
