package studio

// OnlyAverage says why the averaged weights of the generator are all that can be shown; "": the raw
// ones can be too.
func (s *Studio) OnlyAverage() string {
	if s.Run == nil || !s.Status.Looking || s.Run.Recipe.EMA == 0 {
		return ""
	}
	return "Only the averaged generator of this step is kept"
}
