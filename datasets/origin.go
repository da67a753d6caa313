package datasets

// origin is where an item came from.
type origin struct {
	name string // of its file, slashes between, beginning with the source's name
	part int32  // which of the items of that file
	w, h int32  // pixels before preparation
	sum  uint32 // the beginning of the SHA-256 of the file
}

// Origin is where an item came from and what it was before preparation.
type Origin struct {
	Name string // of its file, slashes between, beginning with the source's name; "" where it has none
	Part int    // which of the items of that file: the frame of a video, the cell of a sheet
	W, H int    // pixels before preparation; 0: not known
	Sum  uint32 // the beginning of the SHA-256 of the file; 0: not known
}

// OriginOf says where item i of a set came from, also of a subset's; the zero Origin where the source does not tell.
func OriginOf(set Set, i int) Origin {
	set, i = Whole(set, i)
	p, ok := set.(*pictures)
	if !ok || p.origins == nil {
		return Origin{}
	}
	o := p.origins[i]
	return Origin{Name: o.name, Part: int(o.part), W: int(o.w), H: int(o.h), Sum: o.sum}
}

// Whole returns the set of which a set is a part, and what number item i has in it; the set itself where it is no part.
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

// originsOf writes down where the items of files came from.
func originsOf(good []candidate) []origin {
	var out []origin
	for _, c := range good {
		sum := uint32(c.sum[0])<<24 | uint32(c.sum[1])<<16 | uint32(c.sum[2])<<8 | uint32(c.sum[3])
		for part := range c.got {
			out = append(out, origin{c.name, int32(part), int32(c.header.w), int32(c.header.h), sum})
		}
	}
	return out
}
