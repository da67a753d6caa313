package datasets

import (
	"context"
	"crypto/sha256"
	_ "embed" // for the emoji
	"encoding/hex"
	"math"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"ganvas/datasets/internal/dataset"
)

//go:embed data/noto-emoji-64.zip
var emojiFile string

// emojiZip lists the embedded emoji and sums them, once in a process.
var emojiZip = sync.OnceValues(func() ([]candidate, string) {
	var list listing
	u := &unpacker{ctx: context.Background(), l: &list, lim: dataset.StandardLimits, budget: new(atomic.Int64)}
	u.budget.Store(math.MaxInt64) // read as often as it is opened
	if err := u.add("emoji", strings.NewReader(emojiFile), int64(len(emojiFile)), 0); err != nil {
		broken("emoji", err)
	}
	all := make([]candidate, len(list.entries))
	for i := range list.entries {
		// All of them are PNG of one size with transparency; a test reads every one.
		all[i] = candidate{entry: &list.entries[i], alpha: true, items: 1, got: 1, header: &header{format: formats[0], w: 64, h: 64, channels: 4}}
	}
	slices.SortFunc(all, func(a, b candidate) int { return strings.Compare(a.name, b.name) })
	sum := sha256.Sum256([]byte(emojiFile))
	return all, hex.EncodeToString(sum[:])
})

// openEmoji opens the emoji; each is decoded when it is first read.
func openEmoji(b Builtin, o dataset.Options) (dataset.Set, error) {
	all, sum := emojiZip()
	size, channels := shapeOf(inputs(all), o)
	if err := dataset.StandardLimits.CheckMemory(b.Name, len(all), size, channels); err != nil {
		return nil, err
	}
	labels, names, _ := folderLabels(entriesOf(all), o)
	info := dataset.Info{
		Name: b.Title, Kind: dataset.Pictures, Count: len(all), Shape: []int{size, size, channels},
		Labels: names, Fingerprint: sum,
	}
	info.Notes = (&reading{opening: opening{o: o}, list: new(listing)}).notes(all, info)
	if o.Mirror {
		info.Notes = append(info.Notes, dataset.MirrorNote)
	}
	set := dataset.NewPictureSet(info, make([]uint8, len(all)*size*size*channels), labels)
	set.Origins = originsOf(all)
	preparers := sync.Pool{New: func() any { return newPreparer(size, channels, o) }}
	set.Ensure = dataset.NewOnDemand(len(all), func(i int) {
		data, err := all[i].contents(dataset.StandardLimits)
		if err != nil {
			broken(all[i].name, err)
		}
		img, err := decodePicture(data, dataset.StandardLimits)
		if err != nil {
			broken(all[i].name, err)
		}
		p := preparers.Get().(*preparer)
		p.do(set.Data[i*set.Item:(i+1)*set.Item], img)
		preparers.Put(p)
	}).Ensure
	return set, nil
}
