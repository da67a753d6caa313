package dataset

import (
	"fmt"
	"image/color"
	"math"
	"path/filepath"
	"strings"
)

// Options is the preprocessing of a recipe. The zero value leaves a source as it is.
type Options struct {
	Size     int    // pixels a side; 0: the source's natural size
	Channels int    // 1 grey, 3 colour, 4 with alpha; 0: natural
	Fit      string // crop | pad | stretch; "" is crop
	// Mirror says that left-right flips count as data. The set itself stays as it is: hand Mirror
	// to NewLoader, which does the flipping.
	Mirror bool
	// Labels is none; folder, the labels that come with the source (sub-folders, a table of files
	// and labels among the pictures, the files' names); or the path of such a table. "" is folder.
	Labels string
	// Attribute is the column of labels in a table of several; "" chooses one and says which in
	// Notes.
	Attribute string
	// Background is what lies behind transparency when Channels is below 4, and around padded
	// pictures. The zero value is white; of any other its alpha does not matter.
	Background color.NRGBA
	// FocusX and FocusY say which point of a picture a crop is centred on, as far as its edges
	// allow: the place from left to right and from top to bottom, in widths and heights from the
	// middle, −0.5 to 0.5.
	FocusX, FocusY float64
	LeaveOut       string // the items to leave out, as LeaveOutText writes them; "" is none
	Drawn          string // the points of the set "drawn", as DrawnText writes them
	Seed           uint64 // of drawn sets: points and shapes
	// Tables lets Open return a table, whose Info describes it and whose Read panics. Else a table
	// is refused with a reason.
	Tables bool
	Cell   int // pixels a side of the cells that sheets of sprites are cut into; 0: pictures are not cut
	Stride int // of videos, animated pictures and TIFFs of pages, each how manieth frame is an item; 0: every one
	// Cache is the folder of a Cache in which large sets of pictures are kept once they are
	// decoded; "": they are decoded into memory. It changes no item.
	Cache string
}

// Checked returns o with its defaults filled in, or an error that names the field.
func Checked(o Options) (Options, error) {
	if o.Size != 0 && (o.Size < MinSide || o.Size > MaxSide) {
		return o, fmt.Errorf("prepare pictures: a size of %d: choose %d to %d pixels a side, or 0 for the natural size", o.Size, MinSide, MaxSide)
	}
	if o.Cell != 0 && (o.Cell < MinSide || o.Cell > MaxSide) || o.Stride < 0 {
		return o, fmt.Errorf("prepare pictures: cells of %d pixels and a stride of %d: choose cells of %d to %d pixels a side, or 0 for none, and a stride of 1 or more", o.Cell, o.Stride, MinSide, MaxSide)
	}
	switch o.Channels {
	case 0, 1, 3, 4:
	default:
		return o, fmt.Errorf("prepare pictures: %d channels: choose 1 (grey), 3 (colour) or 4 (with alpha)", o.Channels)
	}
	switch o.Fit {
	case "":
		o.Fit = "crop"
	case "crop", "pad", "stretch":
	default:
		return o, fmt.Errorf("prepare pictures: fit %q: choose crop, pad or stretch", o.Fit)
	}
	switch o.Labels {
	case "":
		o.Labels = "folder"
	case "none", "folder":
	default:
		switch strings.ToLower(filepath.Ext(o.Labels)) {
		case ".csv", ".tsv", ".txt", ".json", ".jsonl", ".ndjson", ".parquet":
		default:
			return o, fmt.Errorf("prepare data: labels %q: choose none or folder, or a table of files and labels (CSV, JSON or Parquet)", o.Labels)
		}
	}
	if !(math.Abs(o.FocusX) <= 0.5 && math.Abs(o.FocusY) <= 0.5) {
		return o, fmt.Errorf("prepare pictures: a crop around %g, %g: choose −0.5 to 0.5 widths and heights from the middle", o.FocusX, o.FocusY)
	}
	if o.Background == (color.NRGBA{}) {
		o.Background = color.NRGBA{R: 255, G: 255, B: 255}
	}
	o.Background.A = 255
	return o, nil
}

// FromFile says whether o asks for labels from a table.
func FromFile(o Options) bool { return o.Labels != "none" && o.Labels != "folder" }

// MirrorNote says that pictures are flipped when they are dealt out.
const MirrorNote = "flipped left to right at random"
