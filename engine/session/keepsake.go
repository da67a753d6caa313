package session

import "ganvas/engine/ckpt"

// Keepsakes returns what Explore keeps of this run and a kind, beside the finds.
func (s *Session) Keepsakes(kind string) ([]ckpt.Keepsake, error) {
	return s.file.Keepsakes(s.RunID(), kind)
}

// PutKeepsake keeps something of this run, or replaces what has k.ID, and returns its number.
func (s *Session) PutKeepsake(k ckpt.Keepsake) (int64, error) {
	k.Run = s.RunID()
	return s.file.PutKeepsake(k)
}

// DeleteKeepsake removes something that was kept.
func (s *Session) DeleteKeepsake(id int64) error { return s.file.DeleteKeepsake(id) }
