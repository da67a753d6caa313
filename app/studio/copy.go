package studio

import (
	"context"
	"errors"
	"fmt"
	"image"
)

// CopyPicture puts a picture, which draw makes in the background, on the clipboard, and says so:
// what is "the chart of losses", for instance.
func (s *Studio) CopyPicture(what string, draw func() (image.Image, error)) {
	var size image.Point
	s.Jobs.Start(func(context.Context) error {
		img, err := draw()
		if err != nil {
			return err
		}
		size = img.Bounds().Size()
		if s.Copy == nil {
			return errors.New("copy the picture: there is no clipboard")
		}
		return s.Copy(img)
	}, func(err error) {
		if err != nil {
			s.FailUnlessCancelled(err)
			return
		}
		s.Inform(fmt.Sprintf("Copied %s, %d × %d pixels. Paste it elsewhere.", what, size.X, size.Y))
	})
}
