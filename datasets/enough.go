package datasets

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"ganvas/datasets/internal/dataset"
	"ganvas/datasets/internal/wording"
)

// enough returns an error when fewer pictures are left than a set needs.
func enough(l *listing, good int, what string) error {
	if good >= dataset.MinItems {
		return nil
	}
	switch {
	case good == 1 && len(l.skipped) == 0:
		return fmt.Errorf("read %s: %w: at least %d are needed, and some hundreds to learn from: choose a folder or a zip; of a sheet of sprites set cell, or name it after its cells, as in sprites_16x16.png", what, ErrOnePicture, dataset.MinItems)
	case good == 1:
		return fmt.Errorf("read %s: only 1 picture can be read, at least %d are needed; %s: add pictures", what, dataset.MinItems, firstSkip(l))
	case len(l.skipped) > 0 && l.told == len(l.skipped):
		return fmt.Errorf("read %s: no picture can be read; %s", what, firstSkip(l))
	case len(l.skipped) > 0:
		return fmt.Errorf("read %s: no picture can be read; %s: choose %s pictures of at least %d×%d pixels", what, firstSkip(l), dataset.PictureFormats, dataset.MinSide, dataset.MinSide)
	case l.hint != "":
		return fmt.Errorf("read %s: no %s picture in it, but %s: open that file itself", what, dataset.PictureFormats, l.hint)
	case l.others > 0:
		return fmt.Errorf("read %s: none of its %s is a %s picture: choose a folder or zip of pictures", what, wording.Counted(l.others, "file", "files"), dataset.PictureFormats)
	}
	return fmt.Errorf("read %s: it is empty: choose a folder or zip of %s pictures", what, dataset.PictureFormats)
}

func firstSkip(l *listing) string {
	s := fmt.Sprintf("%s: %s", l.skipped[0].Path, l.skipped[0].Reason)
	if more := len(l.skipped) - 1; more > 0 {
		s += fmt.Sprintf(", and %s more", wording.Thousands(more))
	}
	return s
}

// fingerprint sums names below what they share, sizes and contents, so that a renamed or moved
// folder keeps its fingerprint and a zip of it has the same.
func fingerprint(all []candidate) string {
	shared := len(commonFolder(entriesOf(all)))
	h := sha256.New()
	for _, c := range all {
		fmt.Fprintf(h, "%s\x00%d\x00%x\n", c.name[shared:], c.size, c.sum)
	}
	return hex.EncodeToString(h.Sum(nil))
}
