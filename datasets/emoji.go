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
)

//go:embed data/noto-emoji-64.zip
var emojiFile string

// emojiZip lists the embedded emoji and sums them, once in a process.
var emojiZip = sync.OnceValues(func() ([]candidate, string) {
	var list listing
	u := &unpacker{ctx: context.Background(), l: &list, lim: standardLimits, budget: new(atomic.Int64)}
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
func openEmoji(b Builtin, o Options) (Set, error) {
	all, sum := emojiZip()
	size, channels := shapeOf(inputs(all), o)
	if err := standardLimits.checkMemory(b.Name, len(all), size, channels); err != nil {
		return nil, err
	}
	labels, names, _ := folderLabels(entriesOf(all), o)
	info := Info{
		Name: b.Title, Kind: Pictures, Count: len(all), Shape: []int{size, size, channels},
		Labels: names, Fingerprint: sum,
	}
	info.Notes = (&reading{opening: opening{o: o}, list: new(listing)}).notes(all, info)
	if o.Mirror {
		info.Notes = append(info.Notes, mirrorNote)
	}
	set := newPictures(info, make([]uint8, len(all)*size*size*channels), labels)
	set.origins = originsOf(all)
	preparers := sync.Pool{New: func() any { return newPreparer(size, channels, o) }}
	set.ensure = newOnDemand(len(all), func(i int) {
		data, err := all[i].contents(standardLimits)
		if err != nil {
			broken(all[i].name, err)
		}
		img, err := decodePicture(data, standardLimits)
		if err != nil {
			broken(all[i].name, err)
		}
		p := preparers.Get().(*preparer)
		p.do(set.data[i*set.item:(i+1)*set.item], img)
		preparers.Put(p)
	}).ensure
	return set, nil
}
