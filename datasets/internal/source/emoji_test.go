package source

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"strings"
	"testing"

	"ganvas/datasets/data"
)

// TestEmojiPixels holds that the sheets show what the zip of PNG had that emojiFingerprint is of:
// Pillow has read that one, and summed the name, a zero byte and the pixels of each picture.
func TestEmojiPixels(t *testing.T) {
	const want = "9a6d14339f0875db56eb3272ff06649128859d0b9c001b5c497c4caf7a0eaaca"
	all, z := emojiZip()
	sum := sha256.New()
	for first := 0; first < len(all); first += data.EmojiSheet {
		for i, img := range emojiSheet(z, first/data.EmojiSheet) {
			_, _ = io.WriteString(sum, strings.TrimPrefix(all[first+i].Name, "emoji/")+"\x00")
			sum.Write(img.Pix)
		}
	}
	if got := hex.EncodeToString(sum.Sum(nil)); got != want {
		t.Errorf("names and pixels have the sum %s, want %s", got, want)
	}
}
