// Package thumbs has small pictures of what presets make. It knows nothing of the window.
package thumbs

import (
	"bytes"
	"embed"
	"image"
	_ "image/jpeg" // the pictures' formats
	_ "image/png"
	"io/fs"
)

//go:generate go run ./make ../../../docs .

//go:embed *.jpg *.png
var files embed.FS

// Of returns the picture of a preset of that name; nil: there is none.
func Of(preset string) image.Image {
	for _, ending := range []string{".jpg", ".png"} {
		content, err := fs.ReadFile(files, preset+ending)
		if err != nil {
			continue
		}
		if img, _, err := image.Decode(bytes.NewReader(content)); err == nil {
			return img
		}
	}
	return nil
}
