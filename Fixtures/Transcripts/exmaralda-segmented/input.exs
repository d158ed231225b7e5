<?xml version="1.0" encoding="UTF-8"?>
<segmented-transcription Id="x">
<head>
<meta-information><project-name/><transcription-name>P07</transcription-name><referenced-file url=""/><comment/></meta-information>
<speakertable>
<speaker id="SPK0"><abbreviation>INT</abbreviation></speaker>
<speaker id="SPK1"><abbreviation>INT</abbreviation></speaker>
</speakertable>
</head>
<segmented-body>
<common-timeline><tli id="T0" time="0.0"/><tli id="T1" time="1.5"/><tli id="T2" time="2.5"/><tli id="T3" time="4"/></common-timeline>
<segmented-tier id="TIE0" speaker="SPK0" category="v" type="t" display-name="one">
<segmentation name="SpeakerContribution_Event" tierref="TIE0">
<ts n="sc" id="s1" s="T0" e="T1"><ts n="e" id="e1" s="T0" e="T1">Did it rain?</ts></ts>
<ts n="sc" id="s2" s="T2" e="T3"><ts n="e" id="e2" s="T2" e="T3">All </ts><ts n="e" id="e3" s="T2" e="T3">week.</ts></ts>
</segmentation>
<segmentation name="SpeakerContribution_Utterance_Word" tierref="TIE0">
<ts n="sc" id="s3" s="T0" e="T1"><ts n="HIAT:u" id="u1" s="T0" e="T1"><ts n="HIAT:w" id="w1" s="T0" e="T1">Did</ts></ts></ts>
</segmentation>
<annotation name="act" tierref="TIE4"><ta id="a1" s="T0" e="T1">question</ta></annotation>
</segmented-tier>
<segmented-tier id="TIE1" speaker="SPK1" category="v" type="t" display-name="two">
<segmentation name="SpeakerContribution_Event" tierref="TIE1">
<ts n="sc" id="s4" s="T1" e="T2"><ts n="e" id="e4" s="T1" e="T2">It did.</ts></ts>
</segmentation>
</segmented-tier>
</segmented-body>
</segmented-transcription>
