package source

import (
	"archive/zip"
	"fmt"
	"image"
	"io"
	"path"
	"strings"
	"sync"

	"ganvas/datasets/data"
	"ganvas/datasets/internal/dataset"
	"ganvas/datasets/internal/files"
	"ganvas/datasets/internal/labelling"
	"ganvas/datasets/internal/picture"
	"ganvas/datasets/internal/prepare"
)

// emojiFingerprint is what projects know the emoji by: the SHA-256 of the zip of PNG that the
// sheets were made of. A test holds that they still show the same.
const emojiFingerprint = "71f91721d902f893ca823f0863c94038392d04a634079c1b403dca57ca9746d1"

// emojiZip lists the embedded emoji, once in a process.
var emojiZip = sync.OnceValues(func() ([]candidate, *zip.Reader) {
	z, err := zip.NewReader(strings.NewReader(data.Emoji), int64(len(data.Emoji)))
	if err != nil {
		broken("emoji", err)
	}
	// All of them were PNG of one size with transparency.
	header := &picture.Header{Format: picture.PNG, W: data.EmojiSide, H: data.EmojiSide, Channels: 4}
	names := strings.Fields(string(inZip(z, data.EmojiNames)))
	all := make([]candidate, len(names))
	for i, name := range names {
		all[i] = candidate{Entry: &files.Entry{Name: path.Join("emoji", name)}, alpha: true, items: 1, got: 1, header: header}
	}
	return all, z
})

// inZip reads a file of the embedded emoji.
func inZip(z *zip.Reader, name string) []byte {
	f, err := z.Open(name)
	if err != nil {
		broken("emoji", err)
	}
	content, err := io.ReadAll(f)
	if err != nil {
		broken("emoji", err)
	}
	return content
}

// emojiSheet decodes the pictures of a sheet.
func emojiSheet(z *zip.Reader, sheet int) []*image.NRGBA {
	const side = data.EmojiSide
	name := data.EmojiSheetName(sheet)
	img, err := picture.DecodePicture(inZip(z, name), dataset.StandardLimits)
	if err != nil {
		broken(name, err)
	}
	whole, ok := img.(*image.NRGBA)
	if !ok || whole.Stride != 4*side {
		broken(name, fmt.Errorf("%T of %v", img, img.Bounds()))
	}
	pictures := make([]*image.NRGBA, whole.Rect.Dy()/side)
	for i := range pictures {
		part := whole.Pix[i*side*whole.Stride : (i+1)*side*whole.Stride]
		pictures[i] = &image.NRGBA{Pix: part, Stride: whole.Stride, Rect: image.Rect(0, 0, side, side)}
	}
	return pictures
}

// openEmoji opens the emoji; each sheet of them is decoded when one of its pictures is first read.
func openEmoji(b Builtin, o dataset.Options) (dataset.Set, error) {
	all, z := emojiZip()
	size, channels := prepare.ShapeOf(inputs(all), o)
	if err := dataset.StandardLimits.CheckMemory(b.Name, len(all), size, channels); err != nil {
		return nil, err
	}
	labels, names, _ := labelling.FolderLabels(entriesOf(all), o)
	info := dataset.Info{
		Name: b.Title, Kind: dataset.Pictures, Count: len(all), Shape: []int{size, size, channels},
		Labels: names, Fingerprint: emojiFingerprint,
	}
	info.Notes = (&reading{opening: opening{o: o}, list: new(files.Listing)}).notes(all, info)
	if o.Mirror {
		info.Notes = append(info.Notes, dataset.MirrorNote)
	}
	set := dataset.NewPictureSet(info, make([]uint8, len(all)*size*size*channels), labels)
	set.Origins = originsOf(all)
	preparers := sync.Pool{New: func() any { return prepare.NewPreparer(size, channels, o) }}
	sheets := dataset.NewOnDemand((len(all)-1)/data.EmojiSheet+1, func(sheet int) {
		p := preparers.Get().(*prepare.Preparer)
		for k, img := range emojiSheet(z, sheet) {
			i := sheet*data.EmojiSheet + k
			p.Do(set.Data[i*set.Item:(i+1)*set.Item], img)
		}
		preparers.Put(p)
	})
	set.Ensure = func(i int) { sheets.Ensure(i / data.EmojiSheet) }
	return set, nil
}
