package datasets_test

import (
	"context"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"

	"ganvas/datasets"
)

// A folder of pictures becomes items of one size. Sub-folders are classes; what is no picture is
// left out, and said.
func ExampleOpen() {
	dir, err := os.MkdirTemp("", "flags")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(dir)
	for name, c := range map[string]color.NRGBA{"black/one.png": {A: 255}, "white/two.png": {R: 255, G: 255, B: 255, A: 255}} {
		writeFlag(filepath.Join(dir, name), c)
	}
	if err := os.WriteFile(filepath.Join(dir, "white", "three.png"), []byte("not a picture"), 0o666); err != nil {
		panic(err)
	}

	set, err := datasets.Open(context.Background(), dir, datasets.Options{Size: 8, Channels: 1}, nil)
	if err != nil {
		panic(err)
	}
	info := set.Info()
	fmt.Println(info.Kind, set.Len(), info.Shape, info.Labels)
	for _, s := range info.Skipped {
		fmt.Println("left out:", filepath.Base(s.Path)+":", s.Reason)
	}
	item := make([]float32, 8*8)
	for i := range set.Len() {
		label := set.Read(i, item)
		fmt.Println(info.Labels[label], item[0])
	}
	// Output:
	// pictures 2 [8 8 1] [black white]
	// left out: three.png: not a PNG, JPEG, GIF, BMP, TIFF or WebP picture
	// black -1
	// white 1
}

// writeFlag writes a picture of one colour.
func writeFlag(path string, c color.NRGBA) {
	img := image.NewNRGBA(image.Rect(0, 0, 16, 16))
	for i := range 16 * 16 {
		img.SetNRGBA(i%16, i/16, c)
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		panic(err)
	}
	f, err := os.Create(path)
	if err != nil {
		panic(err)
	}
	if err := png.Encode(f, img); err != nil {
		panic(err)
	}
	if err := f.Close(); err != nil {
		panic(err)
	}
}
