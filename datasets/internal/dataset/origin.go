package dataset

// Origins is where the items of a set came from, in little memory: there may be a million of
// them.
type Origins struct {
	Names []byte // of the files, slashes between, each beginning with the source's name
	Items []OriginItem
}

// OriginItem is where one item came from.
type OriginItem struct {
	From, To uint32 // of its file's name
	Part     int32  // which of the items of that file
	W, H     int32  // pixels before preparation
	Sum      uint32 // the beginning of the SHA-256 of the file
}

// Origin is where an item came from and what it was before preparation.
type Origin struct {
	Name string // of its file, slashes between, beginning with the source's name; "" where it has none
	Part int    // which of the items of that file: the frame of a video, the cell of a sheet
	W, H int    // pixels before preparation; 0: not known
	Sum  uint32 // the beginning of the SHA-256 of the file; 0: not known
}

// OriginOf says where item i of a set came from, also of a subset's; the zero Origin where the
// source does not tell.
func OriginOf(set Set, i int) Origin {
	set, i = Whole(set, i)
	p, ok := set.(*PictureSet)
	if !ok || p.Origins == nil {
		return Origin{}
	}
	o := p.Origins.Items[i]
	return Origin{Name: string(p.Origins.Names[o.From:o.To]), Part: int(o.Part), W: int(o.W), H: int(o.H), Sum: o.Sum}
}

// Whole returns the set of which a set is a part, and what number item i has in it; the set itself
// where it is no part.
func Whole(set Set, i int) (Set, int) {
	for {
		switch s := set.(type) {
		case *Subset:
			set, i = s.Set, s.Items[i]
		case *without:
			set, i = s.Set, s.Items[i]
		case *modalWithout:
			set, i = s.Set, s.Items[i]
		case *affineWithout:
			set, i = s.Set, s.Items[i]
		default:
			return set, i
		}
	}
}
