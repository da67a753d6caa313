package datasets

import (
	"encoding/binary"
	"errors"
	"image"
)

// tiffTags are numbers from the first directory of a TIFF (Adobe, "TIFF revision 6.0", 1992, section 2) that its decoder passes over.
type tiffTags struct {
	turn   int  // as EXIF has it; 1: as it is
	swaps  bool // a fax whose white stands for black
	planes bool // its colours lie in separate planes
}

var errPlanes = errors.New("a TIFF whose colours lie one after the other, which is not read: save it as PNG")

// readTIFFTags returns the tags of a TIFF; where they are damaged, those of a plain one.
func readTIFFTags(data []byte) tiffTags {
	plain := tiffTags{turn: 1}
	if len(data) < 8 {
		return plain
	}
	var o binary.ByteOrder = binary.BigEndian
	if data[0] == 'I' {
		o = binary.LittleEndian
	}
	at := int64(o.Uint32(data[4:]))
	if at < 8 || at+2 > int64(len(data)) {
		return plain
	}
	n := int64(o.Uint16(data[at:]))
	values := map[uint16]int{259: 1, 262: 1, 274: 1, 277: 1, 284: 1} // compression, photometric interpretation, orientation, samples, planes
	for e := at + 2; e < at+2+12*n && e+12 <= int64(len(data)); e += 12 {
		tag := o.Uint16(data[e:])
		if _, ok := values[tag]; !ok || o.Uint32(data[e+4:]) != 1 {
			continue
		}
		switch o.Uint16(data[e+2:]) {
		case 3:
			values[tag] = int(o.Uint16(data[e+8:]))
		case 4:
			values[tag] = int(o.Uint32(data[e+8:]))
		}
	}
	if t := values[274]; t >= 1 && t <= 8 {
		plain.turn = t
	}
	// Faxes tell runs of what 0 and what 1 stands for (sections 10 and 11); x/image takes the former for white.
	plain.swaps = values[259] >= 2 && values[259] <= 4 && values[262] == 1
	plain.planes = values[284] == 2 && values[277] > 1
	return plain
}

// mended returns a decoded TIFF as its tags ask for, but not turned.
func (t tiffTags) mended(img image.Image) image.Image {
	if grey, ok := img.(*image.Gray); ok && t.swaps {
		for i, v := range grey.Pix {
			grey.Pix[i] = ^v
		}
	}
	return img
}
