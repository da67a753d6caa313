package dataset

// Subset is some items of a set.
type Subset struct {
	Set   Set
	Items []int // of Set, by item of the subset
}

// NewSubset returns the items of a set with those numbers, in that order.
func NewSubset(set Set, items []int) *Subset { return &Subset{set, items} }

// Info is that of the whole set, but for the count.
func (s *Subset) Info() Info {
	info := s.Set.Info()
	info.Count = len(s.Items)
	return info
}

// Len returns the number of items.
func (s *Subset) Len() int { return len(s.Items) }

// Read reads item i of the subset; see Set.
func (s *Subset) Read(i int, dst []float32) int { return s.Set.Read(s.Items[i], dst) }

// TryRead is Read, but for an error where an item was lost since the set was opened; see TryRead.
func (s *Subset) TryRead(i int, dst []float32) (int, error) { return TryRead(s.Set, s.Items[i], dst) }
