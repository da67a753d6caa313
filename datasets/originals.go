package datasets

import (
	"context"
	"image"

	"ganvas/datasets/internal/source"
)

// Originals gives access to the pictures of a source as they are before any preparation. It is safe
// for concurrent use, one picture at a time.
type Originals = source.Originals

// OpenOriginals returns access to the pictures of a source, of which o says whether they are cut
// into cells, and which frames are items. It reads nothing yet.
func OpenOriginals(path string, o Options) *Originals { return source.OpenOriginals(path, o) }

// Prepared returns what a network gets of a picture, for the screen, and which part of the picture
// it is. A size or a number of channels that is left open is that of the picture.
func Prepared(img image.Image, o Options) (out image.Image, part image.Rectangle, err error) {
	return source.Prepared(img, o)
}

// Part returns which part of a picture with bounds b is used; it reads nothing. Options that cannot
// be are taken for the whole.
func Part(b image.Rectangle, o Options) image.Rectangle { return source.Part(b, o) }

// FirstPictures returns at most n pictures of a folder, an archive or a file of pictures, prepared
// as o says, without looking at the rest: to be shown while all are read. Of a folder's sub-folders
// each gives some. Where pictures cannot be had so quickly there are none.
func FirstPictures(ctx context.Context, path string, o Options, n int) []image.Image {
	return source.FirstPictures(ctx, path, o, n)
}

// Items reads at most a number of pictures of a folder, an archive or a file, prepares each as o
// says, whose Size and Channels must be given, and returns their values in [-1,1] in the order
// (H,W,C), one picture after the other, with the name of each. What is no picture is left out; if
// nothing else is there the error says why. The order of a set, and what it leaves out, do not
// matter here.
func Items(ctx context.Context, path string, o Options, most int) (values []float32, names []string, err error) {
	return source.Items(ctx, path, o, most)
}
