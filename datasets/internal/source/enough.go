package source

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"ganvas/datasets/internal/dataset"
	"ganvas/datasets/internal/files"
	"ganvas/datasets/internal/labelling"
	"ganvas/datasets/internal/wording"
)

// enough returns an error when fewer pictures are left than a set needs.
func enough(l *files.Listing, good int, what string) error {
	if good >= dataset.MinItems {
		return nil
	}
	switch {
	case good == 1 && len(l.Skipped) == 0:
		return fmt.Errorf("read %s: %w: at least %d are needed, and some hundreds to learn from: choose a folder or a zip; of a sheet of sprites set cell, or name it after its cells, as in sprites_16x16.png", what, ErrOnePicture, dataset.MinItems)
	case good == 1:
		return fmt.Errorf("read %s: only 1 picture can be read, at least %d are needed; %s: add pictures", what, dataset.MinItems, firstSkip(l))
	case len(l.Skipped) > 0 && l.Told == len(l.Skipped):
		return fmt.Errorf("read %s: no picture can be read; %s", what, firstSkip(l))
	case len(l.Skipped) > 0:
		return fmt.Errorf("read %s: no picture can be read; %s: choose %s pictures of at least %d×%d pixels", what, firstSkip(l), dataset.PictureFormats, dataset.MinSide, dataset.MinSide)
	case l.Hint != "":
		return fmt.Errorf("read %s: no %s picture in it, but %s: open that file itself", what, dataset.PictureFormats, l.Hint)
	case l.Others > 0:
		return fmt.Errorf("read %s: none of its %s is a %s picture: choose a folder or zip of pictures", what, wording.Counted(l.Others, "file", "files"), dataset.PictureFormats)
	}
	return fmt.Errorf("read %s: it is empty: choose a folder or zip of %s pictures", what, dataset.PictureFormats)
}

func firstSkip(l *files.Listing) string {
	s := fmt.Sprintf("%s: %s", l.Skipped[0].Path, l.Skipped[0].Reason)
	if more := len(l.Skipped) - 1; more > 0 {
		s += fmt.Sprintf(", and %s more", wording.Thousands(more))
	}
	return s
}

// fingerprint sums names below what they share, sizes and contents, so that a renamed or moved
// folder keeps its fingerprint and a zip of it has the same.
func fingerprint(all []candidate) string {
	shared := len(labelling.CommonFolder(entriesOf(all)))
	h := sha256.New()
	for _, c := range all {
		fmt.Fprintf(h, "%s\x00%d\x00%x\n", c.Name[shared:], c.Size, c.sum)
	}
	return hex.EncodeToString(h.Sum(nil))
}
