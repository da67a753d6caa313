package source

import (
	"encoding/binary"
	"math"

	"ganvas/datasets/internal/dataset"
)

// place writes down where the items of each candidate begin, and returns how many all promise.
func place(all []candidate) (n int) {
	for i := range all {
		all[i].first = n
		n += all[i].items
	}
	return n
}

// itemsRead returns how many items candidates have.
func itemsRead(good []candidate) (n int) {
	for i := range good {
		n += good[i].got
	}
	return n
}

// narrowest returns the fewest channels that hold items: without an alpha channel that is opaque
// everywhere, and without colours that are grey everywhere.
func narrowest(good []candidate, channels int) int {
	translucent, coloured := false, false
	for i := range good {
		translucent = translucent || good[i].translucent
		coloured = coloured || good[i].coloured
	}
	switch {
	case channels == 4 && translucent:
		return 4
	case channels >= 3 && coloured:
		return 3
	}
	return 1
}

// translucent says whether a picture of four channels lets something through.
func translucent(pixels []uint8) bool {
	for i := 3; i < len(pixels); i += 4 {
		if pixels[i] != 255 {
			return true
		}
	}
	return false
}

// coloured says whether a picture of three or four channels has a pixel that is not grey.
func coloured(pixels []uint8, channels int) bool {
	for i := 0; i+2 < len(pixels); i += channels {
		if pixels[i] != pixels[i+1] || pixels[i] != pixels[i+2] {
			return true
		}
	}
	return false
}

// perItem gives each item the label of the file that it comes from.
func perItem(good []candidate, labels []int32) []int32 {
	if labels == nil {
		return nil
	}
	out := make([]int32, 0, itemsRead(good))
	for i := range good {
		for range good[i].got {
			out = append(out, labels[i])
		}
	}
	return out
}

// originsOf writes down where the items of files came from; nothing where their names take more
// than 4 GB.
func originsOf(good []candidate) *dataset.Origins {
	bytes := 0
	for i := range good {
		bytes += len(good[i].Name)
	}
	if bytes > math.MaxUint32 {
		return nil
	}
	out := &dataset.Origins{Names: make([]byte, 0, bytes), Items: make([]dataset.OriginItem, 0, itemsRead(good))}
	for i := range good {
		c := &good[i]
		o := dataset.OriginItem{From: uint32(len(out.Names)), W: int32(c.header.W), H: int32(c.header.H), Sum: binary.BigEndian.Uint32(c.sum[:])}
		out.Names = append(out.Names, c.Name...)
		o.To = uint32(len(out.Names))
		for part := range c.got {
			o.Part = int32(part)
			out.Items = append(out.Items, o)
		}
	}
	return out
}
