package explorepage

import "ganvas/app/studio"

// visit goes to where a picture was made, once the generator of its run has come.
func (p *Page) visit(v studio.Visit) {
	p.wanted = &v
	visitWanted(p)
}

// visitWanted goes to where the picture was made that was asked for last, if a generator is there.
func visitWanted(p *Page) {
	v := p.wanted
	if v == nil || !p.ready || len(v.Z) != len(p.place.z) {
		return
	}
	p.wanted = nil
	if p.wantEMA.Swap(v.Averaged) != v.Averaged {
		p.weights.refresh(p.ready, v.Averaged)
		p.fetch()
		p.recall()
	}
	s := p.trail.Now.at(v.Z)
	origin := v.Picture
	if v.Seed != "" {
		s = s.atSeed(v.Seed, v.Z)
		origin = s.origin
	}
	p.jump(s.called(origin, v.Class, v.Part), "Open "+v.Picture, false)
}
