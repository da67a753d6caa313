// Package clipboard puts pictures on the system's clipboard, for other programs to paste. It reads
// nothing from there, and leaves texts to the window.
package clipboard

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
)

// Copy puts a picture on the clipboard. It may take a moment, and may be called from any goroutine.
// On X11 the program has to run until the picture is pasted.
func Copy(img image.Image) error {
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		return fmt.Errorf("copy the picture: %w", err)
	}
	if err := put(img, b.Bytes()); err != nil {
		return fmt.Errorf("copy the picture: %w: save it as a file instead", err)
	}
	return nil
}
