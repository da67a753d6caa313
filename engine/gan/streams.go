package gan

// streams are the trainer's sources of random numbers, one for each purpose, so that none depends
// on how often another is used.
type streams struct {
	latent, mix, dropout *Stream
	around               *Stream // of DRAGAN
	instance             *Stream // noise on what D sees
	augment              *Stream
}

func newStreams(seed uint64) streams {
	return streams{
		latent: NewStream(seed, "latent"), mix: NewStream(seed, "penalty"), dropout: NewStream(seed, "dropout"),
		around: NewStream(seed, "dragan"), instance: NewStream(seed, "instance noise"), augment: NewStream(seed, "augment"),
	}
}

// named returns the streams by the keys of Meta. Those of first have always been there.
func (s *streams) named() (first, later map[string]*Stream) {
	first = map[string]*Stream{"stream.latent": s.latent, "stream.penalty": s.mix, "stream.dropout": s.dropout}
	return first, map[string]*Stream{"stream.dragan": s.around, "stream.instance": s.instance, "stream.augment": s.augment}
}
