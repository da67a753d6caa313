package source

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
	"sync"

	"ganvas/datasets/data"
	"ganvas/datasets/internal/dataset"
	"ganvas/datasets/internal/files"
	"ganvas/datasets/internal/labelling"
	"ganvas/datasets/internal/picture"
	"ganvas/datasets/internal/prepare"
)

// emojiZip lists the embedded emoji and sums them, once in a process.
var emojiZip = sync.OnceValues(func() ([]candidate, string) {
	var list files.Listing
	if err := list.AddTrusted("emoji", strings.NewReader(data.Emoji), int64(len(data.Emoji))); err != nil {
		broken("emoji", err)
	}
	all := make([]candidate, len(list.Entries))
	for i := range list.Entries {
		// All of them are PNG of one size with transparency; a test reads every one.
		all[i] = candidate{Entry: &list.Entries[i], alpha: true, items: 1, got: 1, header: &picture.Header{Format: picture.PNG, W: 64, H: 64, Channels: 4}}
	}
	slices.SortFunc(all, func(a, b candidate) int { return strings.Compare(a.Name, b.Name) })
	sum := sha256.Sum256([]byte(data.Emoji))
	return all, hex.EncodeToString(sum[:])
})

// openEmoji opens the emoji; each is decoded when it is first read.
func openEmoji(b Builtin, o dataset.Options) (dataset.Set, error) {
	all, sum := emojiZip()
	size, channels := prepare.ShapeOf(inputs(all), o)
	if err := dataset.StandardLimits.CheckMemory(b.Name, len(all), size, channels); err != nil {
		return nil, err
	}
	labels, names, _ := labelling.FolderLabels(entriesOf(all), o)
	info := dataset.Info{
		Name: b.Title, Kind: dataset.Pictures, Count: len(all), Shape: []int{size, size, channels},
		Labels: names, Fingerprint: sum,
	}
	info.Notes = (&reading{opening: opening{o: o}, list: new(files.Listing)}).notes(all, info)
	if o.Mirror {
		info.Notes = append(info.Notes, dataset.MirrorNote)
	}
	set := dataset.NewPictureSet(info, make([]uint8, len(all)*size*size*channels), labels)
	set.Origins = originsOf(all)
	preparers := sync.Pool{New: func() any { return prepare.NewPreparer(size, channels, o) }}
	set.Ensure = dataset.NewOnDemand(len(all), func(i int) {
		png, err := all[i].Contents(dataset.StandardLimits)
		if err != nil {
			broken(all[i].Name, err)
		}
		img, err := picture.DecodePicture(png, dataset.StandardLimits)
		if err != nil {
			broken(all[i].Name, err)
		}
		p := preparers.Get().(*prepare.Preparer)
		p.Do(set.Data[i*set.Item:(i+1)*set.Item], img)
		preparers.Put(p)
	}).Ensure
	return set, nil
}
